/// Orders the words of a small vocabulary (commands, options, choices) by how well they match what is typed.
enum WordRanking {
    private enum Tier: Int {
        case exact, prefix, word, inside, letters
    }

    /// The matching elements, best first, in their own order within a rank.
    ///
    /// Looser ranks count only when nothing begins with what is typed: `us` must complete to `users` at once, though
    /// the letters of `us` also stand in `status`.
    static func best<Element>(_ elements: [Element], for typed: String, by name: (Element) -> String) -> [Element] {
        let wanted = Folding.bytes(typed)
        guard !wanted.isEmpty else { return elements }
        let ranked = elements.compactMap { element in
            tier(Folding.bytes(name(element)), wanted).map { (tier: $0, element) }
        }
        let strict = ranked.filter { $0.tier.rawValue <= Tier.prefix.rawValue }
        let chosen = strict.isEmpty ? ranked : strict
        return chosen.enumerated().sorted {
            ($0.element.tier.rawValue, $0.offset) < ($1.element.tier.rawValue, $1.offset)
        }
        .map(\.element.1)
    }

    private static func tier(_ name: [UInt8], _ wanted: [UInt8]) -> Tier? {
        if name == wanted { return .exact }
        if name.starts(with: wanted) { return .prefix }
        for start in name.indices.dropFirst() where name[start...].starts(with: wanted) {
            return isLetter(name[start - 1]) ? .inside : .word
        }
        guard wanted.count > 1 else { return nil }
        var next = 0
        for byte in name where byte == wanted[next] {
            next += 1
            if next == wanted.count { return .letters }
        }
        return nil
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
    }
}
