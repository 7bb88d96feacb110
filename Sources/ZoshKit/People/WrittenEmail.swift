/// An e-mail address, cleaned of what spreadsheets and mail programs put around it, or refused with the reason.
///
/// For example `try WrittenEmail("Ada <mailto:ada@example.com>").text` is "ada@example.com".
public struct WrittenEmail: Sendable, Hashable {
    /// Why a text is not one address; a sentence that quotes it with everything unseen written out.
    public struct Fault: Error, Sendable, Equatable {
        public let reason: String
    }

    /// As it is sent.
    public let text: String

    /// As it is compared.
    public var key: String { EmailAddress.folded(text) }

    /// - Parameter text: `ada@x.example`, with blanks of any kind around it, `mailto:`, `<…>`, `Ada <…>`, quotes, an
    ///   apostrophe before it, `;` or `,` behind it.
    public init(_ written: String) throws(Fault) {
        var text = Self.unwrapped(written)
        if text.last == ">", let start = text.lastIndex(of: "<") {
            let name = Self.unwrapped(String(text[..<start]))
            let inner = Self.unwrapped(String(text[text.index(after: start)...].dropLast()))
            // Mail programs repeat an address as its name; any other one before it is a second person.
            guard !name.contains("@") || name.lowercased() == inner.lowercased() else { throw Self.several(written) }
            text = inner
        }
        if text.lowercased().hasPrefix("mailto:") {
            text.removeFirst("mailto:".count)
            if let query = text.firstIndex(of: "?") { text = String(text[..<query]) }
            text = Self.unwrapped(text)
        }
        guard text.unicodeScalars.count(where: { $0 == "@" }) < 2 else { throw Self.several(written) }
        guard Self.isAddress(text) else { throw Fault(reason: "'\(written.showingUnseen)' is not an e-mail address") }
        self.text = text
    }

    private static func several(_ text: String) -> Fault {
        Fault(reason: "'\(text.showingUnseen)' is not one e-mail address")
    }

    /// Without what stands around a value that was copied: again and again, since it is wrapped in several things.
    static func unwrapped(_ written: String) -> String {
        var text = written.trimmedOfUnseen
        while true {
            let before = text
            if let last = text.last, last == ";" || last == "," { text = String(text.dropLast()).trimmedOfUnseen }
            // A spreadsheet's way to keep text as it is: ="…"
            if text.hasPrefix("=\""), text.hasSuffix("\""), text.count > 2 {
                text = String(text.dropFirst(2).dropLast())
            }
            if text.count > 1, let first = text.first, first == text.last, first == "\"" || first == "'" {
                text = String(text.dropFirst().dropLast())
            }
            if text.first == "'" || text.first == "’" { text = String(text.dropFirst()) }
            text = text.trimmedOfUnseen
            if text == before { return text }
        }
    }

    private static func isAddress(_ text: String) -> Bool {
        let halves = text.split(separator: "@", omittingEmptySubsequences: false)
        guard halves.count == 2, !halves[0].isEmpty, halves[0].utf8.count <= 64, halves[1].utf8.count <= 255,
            text.unicodeScalars.allSatisfy({ !$0.isUnseen && !forbidden.contains($0) })
        else { return false }
        return halves[1].split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            label.first.map { $0.isLetter || $0.isNumber } == true && label.last != "-" && label.last != "_"
        }
    }

    private static let forbidden: Set<Unicode.Scalar> = [",", ";", ":", "<", ">", "(", ")", "[", "]", "\"", "\\", "|"]
}
