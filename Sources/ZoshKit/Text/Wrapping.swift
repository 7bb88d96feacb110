extension StringProtocol {
    /// The line broken between words so that each piece fits `columns`, the later ones indented like its text.
    ///
    /// A line of two columns (`name  what it is`) continues under the second. A word that is longer than a line stays
    /// whole, so that an address can be copied. A line that fits is left as it is.
    public func wrapped(to columns: Int) -> [String] {
        guard DisplayWidth.of(self) > columns else { return [String(self)] }
        let indent = hangingIndent(within: columns)
        var lines: [String] = []
        var line = ""
        var width = 0
        var rest = self[...]
        while !rest.isEmpty {
            let blank = rest.prefix { $0 == " " }
            let word = rest.dropFirst(blank.count).prefix { $0 != " " }
            rest = rest[word.endIndex...]
            let wordWidth = DisplayWidth.of(word)
            if !line.allSatisfy({ $0 == " " }), width + blank.count + wordWidth > columns, !word.isEmpty {
                lines.append(line)
                line = String(repeating: " ", count: indent) + word
                width = indent + wordWidth
            } else {
                line += String(blank) + String(word)
                width += blank.count + wordWidth
            }
        }
        return lines + [line]
    }

    private func hangingIndent(within columns: Int) -> Int {
        let start = prefix { $0 == " " }.count
        guard let gap = String(dropFirst(start)).firstRange(of: "  ") else { return Swift.min(start, columns / 2) }
        let second = String(dropFirst(start))[gap.lowerBound...].drop { $0 == " " }
        let indent = DisplayWidth.of(self) - DisplayWidth.of(second)
        // A continued line must not look like a new line of the first column.
        return indent <= columns / 2 ? indent : Swift.min(start + 4, columns / 2)
    }
}
