internal import ZoshKit

/// What a condition expects at the cursor: `status == ¦` wants a value of `status`.
struct ConditionPlace {
    enum Expected: Hashable {
        case field
        /// An operator, after this field.
        case comparison
        /// What `in` looks into.
        case list
        case value(of: String, inList: Bool)
        case connective
        /// `,` or `)` in a list.
        case separator
    }

    private(set) var expected = Expected.field
    /// What is typed of the thing to complete.
    private(set) var text = ""
    private(set) var range: Span
    /// The values of the same list before it.
    private(set) var elements: [String] = []

    private var field = ""
    private var isInList = false

    /// - Parameter words: the condition's words, the one at the cursor last when there is one.
    init(_ words: [Word], current: Word?, end: Int) {
        range = Span(end, end)
        var tokens = ConditionToken.read(words + (current.map { [$0] } ?? []))
        if let last = tokens.last, case .operand(let word) = last.kind, current != nil, last.span.upper == end {
            tokens.removeLast()
            text = word.literal ?? ""
            range = Span(last.span.lower, end)
        }
        for token in tokens { pass(token) }
    }

    private mutating func pass(_ token: ConditionToken) {
        switch expected {
        case .field:
            if token.plain == "not" || token.sign == "(" { return }
            guard case .operand(let word) = token.kind else { return }
            field = word.literal ?? ""
            expected = .comparison
        case .comparison:
            switch token.sign ?? token.plain {
            case "in": expected = .list
            case "contains": expected = .value(of: field, inList: false)
            case "not": return
            case "and", "or": expected = .field
            case ")": expected = .connective
            case nil: expected = .connective
            default: expected = token.sign == nil ? .connective : .value(of: field, inList: false)
            }
        case .list:
            isInList = token.sign == "("
            expected = isInList ? .value(of: field, inList: true) : .connective
        case .value:
            if case .operand(let word) = token.kind { elements.append(word.literal ?? "") }
            expected = isInList ? .separator : .connective
        case .separator:
            guard token.sign != "," else {
                expected = .value(of: field, inList: true)
                return
            }
            isInList = false
            elements = []
            expected = .connective
        case .connective:
            elements = []
            if ["and", "or"].contains(token.plain) { expected = .field }
        }
    }
}
