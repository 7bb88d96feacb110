extension History {
    /// A remembered line and the number people call it by.
    public struct Numbered: Equatable, Sendable {
        /// From 1, oldest first; numbers stay while the shell runs, except that loading a store moves them once.
        public var number: Int
        public var entry: HistoryEntry
    }

    /// The latest lines, oldest first.
    public func latest(_ count: Int) -> [Numbered] {
        let (entries, first) = numbering
        return entries.indices.suffix(count).map { Numbered(number: first + $0, entry: entries[$0]) }
    }

    /// The lines of these numbers that are remembered, oldest first.
    public func lines(_ numbers: ClosedRange<Int>) -> [Numbered] {
        let (entries, first) = numbering
        return numbers.clamped(to: first...max(first, first + entries.count - 1)).compactMap { number in
            entries.indices.contains(number - first) && numbers.contains(number)
                ? Numbered(number: number, entry: entries[number - first]) : nil
        }
    }
}
