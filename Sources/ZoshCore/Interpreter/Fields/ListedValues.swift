internal import ZoshKit

/// Whether the values a condition compares with can be those of a field that has a fixed list of them, as the outcome
/// of a change has.
///
/// `outcome != doen` is true of every change, and a write after it would change every user.
struct ListedValues {
    let path: FieldPath
    let values: [String]

    func check(_ literal: Literal) throws {
        guard case .string(let text) = literal.value else {
            throw refusal("'\(literal.value.text.neutralised)' is not a valid \(path)", nil, at: literal.span)
        }
        guard !values.contains(text) else { return }
        throw refusal("'\(text.neutralised)' is not a valid \(path)", text, at: literal.span)
    }

    func check(_ part: Condition.Part) throws {
        let text = part.value.value.text
        let pattern = part.isPattern ? try Pattern(part.value, foldsCase: SmartCase.folds(pattern: text)) : nil
        let isFound = values.contains { value in
            pattern.map { $0.matches(value) } ?? ValueComparison.contains(.string(value), part.value)
        }
        guard !isFound else { return }
        let verb = part.isPattern ? "matches" : "contains"
        throw refusal("no \(path) \(verb) '\(text.neutralised)'", text, at: part.value.span)
    }

    private func refusal(_ problem: String, _ text: String?, at span: Span) -> ZoshError {
        ZoshError(
            .usage, problem, at: span,
            remedy: text.flatMap { Suggestion.remedy(for: $0, among: values) }
                ?? "\(Suggestion.listMark)\(values.listedNames)")
    }
}
