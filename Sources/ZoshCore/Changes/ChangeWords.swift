internal import ZoshKit

/// A change in words: whom it concerns, and each field from what it is to what it will be.
enum ChangeWords {
    /// Columns for one name or value: a long one must not scroll the others away.
    private static let longest = 60

    /// `role: Manager → Product Manager`, one for each field that changes.
    static func fields(_ planned: PlannedChange) -> [String] {
        planned.sent.fields.compactMap { name, value in
            guard let current = planned.current else { return "\(name): \(planned.shown(name, value))" }
            let old = current[name] ?? .null
            if FieldComparison.isSame(value, old, field: name) { return nil }
            return "\(name): \(shown(old)) → \(planned.shown(name, value))"
        }
    }

    /// `Ada Lovelace <ada@acme.example> · Manager · active: role: Manager → Product Manager`.
    static func detail(_ planned: PlannedChange) -> String {
        let changes = fields(planned)
        if case .newUser = planned.change.subject {
            let after = planned.sent
            let name = [after["first_name"], after["last_name"]].compactMap { $0?.text }.joined(separator: " ")
            let rest = ["role", "profile"].compactMap { field in after[field].map { planned.shown(field, $0) } }
            return ([person(name, planned.label)] + rest).joined(separator: " · ") + ": \(planned.change.action)"
        }
        var who = short(planned.label)
        if let row = planned.known {
            let facts = [row["role.name" as FieldPath].string, row.string("status")].compactMap(\.self).map(short)
            who = ([person(row.string("full_name"), planned.label)] + facts).joined(separator: " · ")
        }
        return "\(who): \(changes.isEmpty ? planned.change.action : changes.joined(separator: "; "))"
    }

    /// `Ada Lovelace <ada@acme.example>`.
    static func person(_ planned: PlannedChange) -> String {
        let name =
            if case .newUser = planned.change.subject {
                ["first_name", "last_name"].compactMap { planned.sent[$0]?.text }.joined(separator: " ")
            } else { planned.known?.string("full_name") }
        return person(name, planned.label)
    }

    private static func person(_ name: String?, _ label: String) -> String {
        guard let name, !name.isEmpty else { return short(label) }
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
