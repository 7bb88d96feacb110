internal import ZoshKit

/// A change in words: whom it concerns, and each field from what it is to what it will be.
enum ChangeWords {
    /// Columns for one name or value: a long one must not scroll the others away. What others are to approve is whole.
    @TaskLocal static var longest = 60

    /// `role: Manager → Product Manager`, one for each field that changes.
    static func fields(_ planned: PlannedChange) -> [String] {
        planned.sent.fields.compactMap { name, value in
            guard let current = planned.current else { return "\(name): \(planned.shown(name, value))" }
            let old = current[name] ?? .null
            if planned.change?.resource.isSame(value, old, field: name) == true { return nil }
            return "\(name): \(shown(old)) → \(planned.shown(name, value))"
        }
    }

    /// `Ada Lovelace <ada@acme.example> · Manager · active: role: Manager → Product Manager`.
    static func detail(_ planned: PlannedChange) -> String {
        let action = planned.effect.action
        guard let change = planned.change else { return "\(short(planned.label)): \(action)" }
        if planned.result == .newcomer {
            // Role and profile, which decide its rights, stand beside its name.
            let rest = ["role", "profile"].filter { change.resource.reference($0) != nil }.compactMap { field in
                change.fields[field].map { planned.shown(field, $0) }
            }
            return ([subject(planned)] + rest).joined(separator: " · ") + ": \(action)"
        }
        let facts = change.resource.facts.compactMap { planned.known?[$0].string }.map(short)
        let changes = fields(planned)
        let who = ([subject(planned)] + facts).joined(separator: " · ")
        return "\(who): \(changes.isEmpty ? action : changes.joined(separator: "; "))"
    }

    /// All that a change does, in one line: `role: Manager → Product Manager; city: –`, or its name where it sets
    /// nothing.
    static func changes(_ planned: PlannedChange) -> String {
        let fields = fields(planned)
        return fields.isEmpty ? planned.effect.action : fields.joined(separator: "; ")
    }

    /// `Ada Lovelace <ada@acme.example>`.
    static func subject(_ planned: PlannedChange) -> String {
        let name =
            if planned.result == .newcomer {
                ["first_name", "last_name"].compactMap { planned.sent[$0]?.text }.joined(separator: " ")
            } else {
                planned.change.flatMap { planned.known?[$0.resource.title].string }
            }
        return named(name, planned.label)
    }

    private static func named(_ name: String?, _ label: String) -> String {
        guard let name, !name.isEmpty, name != label else { return short(label) }
        return "\(short(name)) <\(short(label))>"
    }

    /// The value as one piece of a line.
    static func shown(_ value: Value) -> String {
        let text = value.shownText
        return text.isEmpty ? "–" : short(text)
    }

    /// A text cut to what a line has room for, fit for a terminal.
    static func short(_ text: String) -> String { text.brief(longest) }
}
