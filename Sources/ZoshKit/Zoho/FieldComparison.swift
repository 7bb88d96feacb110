/// Whether a field a person sets is what Zoho shows, though the two are spelled differently.
extension Resource {
    /// The fields of `wanted` that `current` does not show yet.
    package func open(_ wanted: Row, in current: Row) -> [String] {
        wanted.fields.filter { !isSame($0.value, current[$0.name] ?? .null, field: $0.name) }.map(\.name)
    }

    /// Zoho takes the id of a record and shows a row with id and name, takes `inactive` and shows `disabled` (Update
    /// User documentation), and shows null for what was cleared with an empty text.
    package func isSame(_ wanted: Value, _ current: Value, field: String) -> Bool {
        if wanted == current { return true }
        // Not to invite again is what happens anyhow.
        if wanted == false, writes.values.contains(where: { $0.once.contains(field) }) { return true }
        if case .row(let shown) = current {
            let id = wanted.row?["id"]?.text ?? wanted.text
            return shown["id"]?.text == id
        }
        if case .list(let wantedList) = wanted, case .list(let currentList) = current {
            return wantedList.map(\.text) == currentList.map(\.text)
        }
        let (wanted, current) = (shown(wanted.text, in: field), shown(current.text, in: field))
        return wanted == current || spelling[field]?.kinds[current] == wanted
    }

    /// What Zoho shows for a value of a field that may be spelled in two ways.
    package func shown(_ text: String, in field: String) -> String {
        guard let spelling = spelling[field] else { return text }
        return spelling.shown(text) ?? text.lowercased()
    }
}
