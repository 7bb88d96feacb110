internal import ZoshKit

/// What stands after `where` and `assert`, read and checked but not yet given its variables.
indirect enum Condition: Sendable {
    enum Comparison: String, Sendable {
        case equal = "==", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
    }

    /// All of these. A list, so that a thousand terms are no deeper than two.
    case and([Condition])
    case or([Condition])
    case not(Condition)
    case compare(Operand, Comparison, Operand)
    case oneOf(Operand, [Operand])
    case matches(Operand, pattern: Operand)
    /// A field alone: neither null, nor false, nor empty.
    case holds(Operand)
}

/// One side of a comparison.
enum Operand: Sendable {
    case field(FieldPath)
    case literal(Literal)
    /// Text with variables in it, known when the line runs.
    case deferred(Word)
}

/// A value to compare with, and what else it can be read as.
struct Literal: Sendable {
    let value: Value
    let span: Span
    /// The instant meant, when the text is a date.
    let moment: DateReader.Moment?

    init(_ value: Value, at span: Span, dates: DateReader) {
        self.value = value
        self.span = span
        moment = value.string.flatMap(dates.moment)
    }
}

extension Condition {
    private var operands: [Operand] {
        switch self {
        case .and(let terms), .or(let terms): terms.flatMap(\.operands)
        case .not(let a): a.operands
        case .compare(let a, _, let b): [a, b]
        case .oneOf(let a, let others): [a] + others
        case .matches(let a, let b): [a, b]
        case .holds(let a): [a]
        }
    }

    /// The fields it looks at, in order.
    var fields: [FieldPath] { operands.flatMap(\.fields) }

    /// The words in it that variables decide.
    var words: [Word] { operands.compactMap { if case .deferred(let word) = $0 { word } else { nil } } }

    /// The same condition with every variable replaced by what it holds.
    /// - Parameter values: what a word stands for; several values where a variable holds rows or a list.
    func resolved(_ values: (Word) throws -> [Literal]) throws -> Condition {
        func one(_ operand: Operand) throws -> Operand {
            guard case .deferred(let word) = operand else { return operand }
            let found = try values(word)
            guard found.count == 1 else {
                throw ZoshError(
                    .usage, "\(found.count) values stand where one is needed", at: word.span, remedy: "compare with 'in'")
            }
            return .literal(found[0])
        }
        return switch self {
        case .and(let terms): .and(try terms.map { try $0.resolved(values) })
        case .or(let terms): .or(try terms.map { try $0.resolved(values) })
        case .not(let a): .not(try a.resolved(values))
        case .compare(let a, let sign, let b): .compare(try one(a), sign, try one(b))
        case .matches(let a, let pattern): .matches(try one(a), pattern: try one(pattern))
        case .holds(let a): .holds(try one(a))
        case .oneOf(let a, let others):
            .oneOf(
                try one(a),
                try others.flatMap { operand -> [Operand] in
                    guard case .deferred(let word) = operand else { return [operand] }
                    return try values(word).map(Operand.literal)
                })
        }
    }
}

extension Operand {
    var fields: [FieldPath] { if case .field(let path) = self { [path] } else { [] } }
}
