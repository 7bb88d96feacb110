/// A list of people as mail programs copy it: `Jane Roe <jane@example.com>; Max <max@example.com>`.
enum AddressList {
    /// The e-mail addresses alone, in order; nil when the text is anything else.
    static func addresses(in text: String) -> [String]? {
        var parts = split(text, at: [";", "\n"])
        // Parted by commas: a name may hold one, so a part without an address belongs to the next.
        if parts.count == 1 { parts = joined(split(text, at: [","])) }
        let found = parts.map(address)
        guard !found.isEmpty, found.allSatisfy({ $0 != nil }) else { return nil }
        // One bare address is a word like any other.
        guard found.count > 1 || text.contains("<") else { return nil }
        return found.compactMap(\.self)
    }

    private static func split(_ text: String, at signs: Set<Character>) -> [String] {
        var parts: [String] = []
        var part = ""
        var isQuoted = false
        for character in text {
            if character == "\"" { isQuoted.toggle() }
            if signs.contains(character), !isQuoted {
                parts.append(part)
                part = ""
            } else {
                part.append(character)
            }
        }
        return (parts + [part]).map(trimmed).filter { !$0.isEmpty }
    }

    private static func joined(_ parts: [String]) -> [String] {
        var whole: [String] = []
        var open = ""
        for part in parts {
            open += open.isEmpty ? part : ", " + part
            if address(open) != nil {
                whole.append(open)
                open = ""
            }
        }
        return open.isEmpty ? whole : whole + [open]
    }

    /// `Name <a@b>` or `a@b`.
    private static func address(_ part: String) -> String? {
        guard part.last == ">", let open = part.lastIndex(of: "<") else { return isAddress(part) ? part : nil }
        let inner = String(part[part.index(after: open)...].dropLast())
        let name = part[..<open]
        // What has signs of the language in it was not copied from a mail program.
        guard isAddress(inner), !name.contains(where: { "|<>{}$".contains($0) }) else { return nil }
        return inner
    }

    private static func isAddress(_ text: String) -> Bool {
        let halves = text.split(separator: "@", omittingEmptySubsequences: false)
        return halves.count == 2 && halves.allSatisfy { !$0.isEmpty }
            && !text.contains { $0.isWhitespace || "<>,;|\"'()[]{}$=".contains($0) }
    }

    private static func trimmed(_ text: String) -> String {
        var rest = text[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
