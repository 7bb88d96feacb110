internal import ZoshKit

extension Suggestion {
    /// How a stage that takes values from `$it` runs for each row instead: `… | each { users update $it city=$it.city
    /// }`.
    ///
    /// The row itself names the user there, whatever its headings are; nil where more is written than fields.
    static func eachRow(of stage: Stage) -> String? {
        var command: [String] = []
        var fields: [String] = []
        for element in stage.elements {
            guard case .word(let word) = element else { return nil }
            if let name = word.plain, fields.isEmpty, word.assignment == nil {
                command.append(name)
            } else if let (name, _, value) = word.assignment, let reference = value.soleVariable,
                reference.name == "it", !reference.path.isEmpty, reference.path.allSatisfy(Word.isName)
            {
                fields.append("\(name)=$it.\(reference.path.joined(separator: "."))")
            } else {
                return nil
            }
        }
        guard !command.isEmpty, !fields.isEmpty else { return nil }
        return "… | each { \(command.joined(separator: " ")) $it \(fields.joined(separator: " ")) }"
    }
}
