internal import ZoshKit

/// Decides whether a row meets a condition whose variables are known.
///
/// Dates compare as instants, numbers as numbers, all else as text. An id stays text: equality never turns a string
/// into a number. Null equals only null and is neither less nor greater than anything.
struct ConditionMatcher {
    private indirect enum Node {
        case and([Node]), or([Node]), not(Node)
        case compare(Side, Condition.Comparison, Literal)
        case oneOf(Side, [Literal])
        case matches(Side, Pattern)
        case holds(Side)
    }

    private enum Side {
        case field(FieldReader)
        case value(Value)
    }

    private let root: Node
    private let dates: DateReader

    init(_ condition: Condition, dates: DateReader) throws(ZoshError) {
        self.dates = dates
        root = try Self.compile(condition)
    }

    func matches(_ row: Row) -> Bool { matches(row, root) }

    private static func compile(_ condition: Condition) throws(ZoshError) -> Node {
        switch condition {
        case .and(let terms): .and(try terms.map { term throws(ZoshError) in try compile(term) })
        case .or(let terms): .or(try terms.map { term throws(ZoshError) in try compile(term) })
        case .not(let a): .not(try compile(a))
        case .compare(let a, let sign, let b): .compare(side(a), sign, try literal(b))
        case .oneOf(let a, let others):
            .oneOf(side(a), try others.map { operand throws(ZoshError) in try literal(operand) })
        case .matches(let a, let pattern): .matches(side(a), try Pattern(try literal(pattern)))
        case .holds(let a): .holds(side(a))
        }
    }

    private static func side(_ operand: Operand) -> Side {
        switch operand {
        case .field(let path): .field(FieldReader(path))
        case .literal(let literal): .value(literal.value)
        case .deferred: .value(.null)
        }
    }

    private static func literal(_ operand: Operand) throws(ZoshError) -> Literal {
        guard case .literal(let literal) = operand else {
            throw ZoshError(.bug, "a condition ran before its variables were known")
        }
        return literal
    }

    private func value(_ side: Side, _ row: Row) -> Value {
        switch side {
        case .field(let reader): reader.value(in: row)
        case .value(let value): value
        }
    }

    private func matches(_ row: Row, _ node: Node) -> Bool {
        switch node {
        case .and(let terms): terms.allSatisfy { matches(row, $0) }
        case .or(let terms): terms.contains { matches(row, $0) }
        case .not(let a): !matches(row, a)
        case .compare(let side, .equal, let literal): equal(value(side, row), literal)
        case .compare(let side, .notEqual, let literal): !equal(value(side, row), literal)
        case .compare(let side, let sign, let literal): ordered(value(side, row), sign, literal)
        case .oneOf(let side, let literals):
            literals.contains { equal(value(side, row), $0) }
        case .matches(let side, let pattern):
            value(side, row).isNull ? false : pattern.matches(value(side, row).text)
        case .holds(let side):
            switch value(side, row) {
            case .null, .bool(false), .string(""): false
            default: true
            }
        }
    }

    private func equal(_ left: Value, _ literal: Literal) -> Bool {
        if left.isNull || literal.value.isNull { return left.isNull && literal.value.isNull }
        if left.text == literal.value.text { return true }
        switch left {
        case .string(let text):
            guard let moment = literal.moment, let instant = dates.instant(of: text) else { return false }
            return instant >= moment.seconds && instant < moment.seconds + moment.length
        case .integer, .decimal:
            guard let a = Number(left), let b = Number(literal.value) else { return false }
            return a == b
        case .null, .bool, .list, .row: return false
        }
    }

    private func ordered(_ left: Value, _ sign: Condition.Comparison, _ literal: Literal) -> Bool {
        if left.isNull || literal.value.isNull { return false }
        if let moment = literal.moment, let instant = left.string.flatMap(dates.instant) {
            return switch sign {
            case .less: instant < moment.seconds
            case .lessOrEqual: instant < moment.seconds + moment.length
            case .greater: instant >= moment.seconds + moment.length
            case .greaterOrEqual: instant >= moment.seconds
            case .equal, .notEqual: false
            }
        }
        if let a = Number(left), let b = Number(literal.value) { return holds(sign, less: a < b, more: b < a) }
        let (a, b) = (left.text, literal.value.text)
        return holds(sign, less: a < b, more: b < a)
    }

    private func holds(_ sign: Condition.Comparison, less: Bool, more: Bool) -> Bool {
        switch sign {
        case .less: less
        case .lessOrEqual: !more
        case .greater: more
        case .greaterOrEqual: !less
        case .equal: !less && !more
        case .notEqual: less || more
        }
    }
}
