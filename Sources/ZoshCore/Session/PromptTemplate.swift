/// The text of `set prompt`: plain text and fields in braces.
public struct PromptTemplate: Sendable, Hashable {
    public enum Field: String, Sendable, CaseIterable {
        case connection, org, dc
        /// ` dry-run`, ` read-only`, ` sandbox`: what differs from plain production.
        case marks
        /// ` 4m`: minutes left, when few and nothing renews them.
        case token
        /// ` !5`: the status of the last line, when it failed.
        case status
        /// `#` where production can be written, else `>`.
        case mark
    }

    public enum Part: Sendable, Hashable {
        case text(String)
        case field(Field)
    }

    /// As it was typed.
    public let text: String
    public let parts: [Part]
    /// The first name in braces that is not a field.
    private let unknown: String?

    /// A field that does not exist stays text.
    public init(_ text: String) {
        self.text = text
        var parts: [Part] = []
        var unknown: String?
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
            if let field = Field(rawValue: name) {
                parts.append(.field(field))
            } else {
                parts.append(.text("{\(name)}"))
                unknown = unknown ?? name
            }
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        self.parts = parts
        self.unknown = unknown
    }

    /// What is wrong with a template; nil when nothing is.
    static func mistake(in text: String) -> String? {
        PromptTemplate(text).unknown.map { "the prompt has no field '{\($0)}'" }
    }

    /// The standard prompt: `acme eu>`.
    public static let standard = PromptTemplate("{connection} {dc}{marks}{token}{status}{mark} ")
}
