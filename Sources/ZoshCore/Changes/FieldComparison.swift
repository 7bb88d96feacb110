internal import ZoshKit

/// Whether a field a person sets is what Zoho shows, though the two are spelled differently.
enum FieldComparison {
    /// The fields of `wanted` that `current` does not show yet.
    static func open(_ wanted: Row, in current: Row) -> [String] {
        wanted.fields.filter { !isSame($0.value, current[$0.name] ?? .null, field: $0.name) }.map(\.name)
    }

    /// Zoho takes the id of a role or a profile and shows a row with id and name, takes `inactive` and shows
    /// `disabled` (Update User documentation), and shows null for what was cleared with an empty text.
    static func isSame(_ wanted: Value, _ current: Value, field: String) -> Bool {
        if wanted == current { return true }
        if case .row(let shown) = current {
            let id = wanted.row?["id"]?.text ?? wanted.text
            return shown["id"]?.text == id
        }
        if case .list(let wantedList) = wanted, case .list(let currentList) = current {
            return wantedList.map(\.text) == currentList.map(\.text)
        }
        if field == "status" { return UserStatus.canonical(wanted.text) == UserStatus.canonical(current.text) }
        return wanted.text == current.text
    }
}
