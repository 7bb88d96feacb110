/// Which values an organisation's field takes beside its type, as Fields Metadata says (`length`, `pick_list_values`).
///
/// For example `FieldLimits(length: 50)` for `last_name`.
public struct FieldLimits: Sendable, Hashable {
    /// A value of a pick list.
    public struct Choice: Sendable, Hashable {
        /// What is sent.
        public let value: String
        /// What people see.
        public let shown: String

        public init(value: String, shown: String) {
            self.value = value
            self.shown = shown
        }
    }

    /// The most characters of a text; nil when that is not known.
    public let length: Int?
    /// The only values of a pick list; empty where there is no list, and where it is not known.
    public let choices: [Choice]
    /// Whether it is a pick list, known or not.
    public let isList: Bool

    public init(length: Int? = nil, choices: [Choice] = [], isList: Bool = false) {
        self.length = length
        self.choices = choices
        self.isList = isList || !choices.isEmpty
    }

    /// A pick list whose values Fields Metadata tells.
    public static let list = FieldLimits(isList: true)

    /// - Parameter row: a field of Fields Metadata.
    init(_ row: Row) {
        let isList = ["picklist", "multiselectpicklist"].contains(row.string("data_type") ?? "")
        let isText = ["text", "textarea", "phone", "website", "email"].contains(row.string("data_type") ?? "")
        let choices = (row["pick_list_values"]?.list ?? []).compactMap(\.row).compactMap { choice -> Choice? in
            guard let value = choice.string("actual_value") ?? choice.string("display_value") else { return nil }
            return Choice(value: value, shown: choice.string("display_value") ?? value)
        }
        self.init(
            length: isText ? row["length"]?.integer.flatMap { Int(exactly: $0) } : nil, choices: isList ? choices : [],
            isList: isList)
    }
}

extension Field {
    /// Texts up to this length fit every organisation's limit that is known.
    private static let alwaysAllowedLength = 20

    /// Whether the value must be checked against Zoho's current limits.
    public func mayExceedLimits(_ value: Value) -> Bool {
        if let values = value.list { return values.contains(where: mayExceedLimits) }
        guard type == .text || type == .email || type == .list else { return false }
        let text = value.row?.string("name") ?? value.text
        if limits.isList { return !text.isEmpty && !limits.choices.contains { $0.value == text } }
        return text.count > (limits.length ?? Self.alwaysAllowedLength)
    }

    /// A value as it is sent, where the organisation limits what the field takes.
    /// - Throws: `ZoshError.usage` at a text that is too long, and at one that the pick list does not have.
    func limited(_ value: Value, at span: Span?) throws -> Value {
        if case .list(let values) = value { return .list(try values.map { try limited($0, at: span) }) }
        guard case .string(let text) = value, !text.isEmpty else { return value }
        if !limits.choices.isEmpty { return .string(try choice(text, at: span)) }
        guard let length = limits.length, length > 0, text.count > length else { return value }
        throw ZoshError(
            .usage,
            "\(name) takes at most \(length) character\(length == 1 ? "" : "s"), and '\(text.brief(40))' has "
                + "\(text.count)", at: span)
    }

    private func choice(_ text: String, at span: Span?) throws -> String {
        if let exact = limits.choices.first(where: { $0.value == text || $0.shown == text }) { return exact.value }
        let alike = limits.choices.filter { [$0.value, $0.shown].contains { $0.lowercased() == text.lowercased() } }
        if alike.count == 1 { return alike[0].value }
        let all = limits.choices.map(\.shown.neutralised)
        let some = all.prefix(12).listedNames + (all.count > 12 ? ", …" : "")
        throw ZoshError(
            .usage, "'\(text.brief(60))' is not a value of \(name)", at: span,
            remedy: Suggestion.remedy(for: text, among: all) ?? "\(Suggestion.listMark)\(some)")
    }
}
