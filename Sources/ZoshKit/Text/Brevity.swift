extension StringProtocol {
    /// The text as one line of a terminal may show it: neutralised, and at most this many columns, the middle of what
    /// is longer left out.
    ///
    /// Names come from strangers: one of a hundred thousand letters must not push everything else off the screen, and
    /// what follows it in a sentence must still be read.
    public func brief(_ columns: Int) -> String {
        String(self).neutralised.cutInTheMiddle(to: columns)
    }

    private func cutInTheMiddle(to columns: Int) -> String {
        // No character has more columns than bytes.
        guard utf8.count > columns, DisplayWidth.of(self) > columns else { return String(self) }
        guard columns > 8 else { return truncated(to: columns) }
        let ending = columns / 2
        var start = endIndex
        var used = 0
        while start > startIndex {
            let before = index(before: start)
            let width = DisplayWidth.of(self[before])
            if used + width > ending { break }
            used += width
            start = before
        }
        return self[..<start].truncated(to: columns - used) + self[start...]
    }
}
