internal import ZoshKit

/// Refuses a word on the right of a comparison that is exactly the name of a field `join` added: `status != status_2`
/// compares with the text, which is never meant.
struct JoinedFields {
    private let words: [Literal]
    private let added: Set<String>
    /// Whether `$it` is the row the condition is about; in a block it is the row the block runs for.
    private let ownRow: Bool
    /// Rows of a page mostly share their shape.
    private var checked: Shape?

    /// - Throws: `ZoshError.usage` at a word that can be nothing but such a name, whatever the rows are.
    init(_ condition: Condition, _ columns: Columns, ownRow: Bool) throws(ZoshError) {
        words = columns.joined.isEmpty ? [] : condition.literals.filter(\.isBareWord)
        added = Set(columns.joined)
        self.ownRow = ownRow
        for word in words where isSecond(word.value.text) { throw Self.refusal(word, ownRow) }
    }

    /// - Throws: `ZoshError.usage` at the word.
    mutating func check(_ rows: [Row]) throws(ZoshError) {
        guard !words.isEmpty else { return }
        for row in rows where row.shape !== checked {
            checked = row.shape
            for word in words where isAdded(word.value.text, to: row.shape) { throw Self.refusal(word, ownRow) }
        }
    }

    /// Whether it is what a partner's field is called whose name was taken.
    private func isSecond(_ name: String) -> Bool { name.hasSuffix("_2") && added.contains(String(name.dropLast(2))) }

    /// Where a partner's field is called `NAME_2`, the field `NAME` is the row's own.
    private func isAdded(_ name: String, to shape: Shape) -> Bool {
        guard shape.position(of: name) != nil else { return false }
        return isSecond(name) || added.contains(name) && shape.position(of: name + "_2") == nil
    }

    private static func refusal(_ word: Literal, _ ownRow: Bool) -> ZoshError {
        let name = word.value.text
        let field = ownRow ? "$it.\(name) for the field" : "outside the block $it.\(name) for the field"
        return ZoshError(
            .usage, "'\(name)' is a text here, and 'join' added a field of that name", at: word.span,
            remedy: "write '\(name)' in quotes for the text, \(field)")
    }
}
