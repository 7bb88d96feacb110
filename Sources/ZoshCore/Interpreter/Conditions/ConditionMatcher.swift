internal import ZoshKit

/// Decides whether a row meets a condition whose variables are known.
///
/// `!=`, `!~`, `not in` and `not contains` are exactly the rows for which the comparison without `not` does not hold.
struct ConditionMatcher {
    private indirect enum Node {
        case and([Node])
        case or([Node])
        case not(Node)
        case compare(Side, Condition.Comparison, Side, ValueComparison)
        case oneOf(Side, [Side], ValueComparison)
        case matches(Side, Pattern, isStatus: Bool)
        case contains(Side, Side, isStatus: Bool)
        case holds(Side)
    }

    private enum Side {
        case field(RowFieldReader)
        case value(Literal)
    }

    private let root: Node
    private let dates: DateReader

    init(_ condition: Condition, dates: DateReader) throws(ZoshError) {
        self.dates = dates
        root = try Compiler(dates: dates).node(condition)
    }

    func matches(_ row: Row) -> Bool { matches(row, root) }

    private struct Compiler {
        let dates: DateReader

        func node(_ condition: Condition) throws(ZoshError) -> Node {
            switch condition {
            case .and(let terms): .and(try terms.map { term throws(ZoshError) in try node(term) })
            case .or(let terms): .or(try terms.map { term throws(ZoshError) in try node(term) })
            case .not(let a): .not(try node(a))
            case .compare(let a, let sign, let b): .compare(try side(a), sign, try side(b), comparison(a))
            case .oneOf(let a, let others):
                .oneOf(try side(a), try others.map { operand throws(ZoshError) in try side(operand) }, comparison(a))
            case .matches(let a, let pattern):
                .matches(try side(a), try self.pattern(pattern, of: a), isStatus: isStatus(a))
            case .contains(let a, let b): .contains(try side(a), try side(b), isStatus: isStatus(a))
            case .holds(let a): .holds(try side(a))
            }
        }

        private func side(_ operand: Operand) throws(ZoshError) -> Side {
            switch operand {
            case .field(let use): return .field(RowFieldReader(use.path))
            case .literal(let literal): return .value(literal)
            case .deferred: throw ZoshError(.bug, "a condition ran before its variables were known")
            }
        }

        private func comparison(_ operand: Operand) -> ValueComparison {
            ValueComparison(dates: dates, isStatus: isStatus(operand))
        }

        private func isStatus(_ operand: Operand) -> Bool {
            if case .field(let use) = operand { use.isStatus } else { false }
        }

        private func pattern(_ operand: Operand, of field: Operand) throws(ZoshError) -> Pattern {
            switch operand {
            case .literal(let literal):
                return try Pattern(
                    literal, foldsCase: isStatus(field) || SmartCase.folds(pattern: literal.value.text))
            case .field(let use):
                throw ZoshError(
                    .usage, "a pattern is text, not a field", at: use.span,
                    remedy: "compare the fields with == or contains")
            case .deferred: throw ZoshError(.bug, "a condition ran before its variables were known")
            }
        }
    }

    private func value(_ side: Side, _ row: Row) -> Value {
        switch side {
        case .field(let reader): reader.value(in: row)
        case .value(let literal): literal.value
        }
    }

    /// What stands on the right. A field's text may be a date, as a written one may.
    private func literal(_ side: Side, _ row: Row) -> Literal {
        switch side {
        case .field(let reader): Literal(reader.value(in: row), at: Span(0, 0), dates: dates)
        case .value(let literal): literal
        }
    }

    private func matches(_ row: Row, _ node: Node) -> Bool {
        switch node {
        case .and(let terms): terms.allSatisfy { matches(row, $0) }
        case .or(let terms): terms.contains { matches(row, $0) }
        case .not(let a): !matches(row, a)
        case .compare(let a, .equal, let b, let comparison): comparison.equal(value(a, row), literal(b, row))
        case .compare(let a, .notEqual, let b, let comparison): !comparison.equal(value(a, row), literal(b, row))
        case .compare(let a, let sign, let b, let comparison): comparison.ordered(value(a, row), sign, literal(b, row))
        case .oneOf(let a, let others, let comparison): isOneOf(value(a, row), others, comparison, row)
        case .matches(let side, let pattern, isStatus: true): StatusText.matches(value(side, row), pattern.matches)
        case .matches(let side, let pattern, isStatus: false):
            ValueComparison.texts(value(side, row)).contains(where: pattern.matches)
        case .contains(let a, let b, isStatus: true): StatusText.contains(value(a, row), literal(b, row))
        case .contains(let a, let b, isStatus: false): ValueComparison.contains(value(a, row), literal(b, row))
        case .holds(let side): holds(value(side, row))
        }
    }

    private func isOneOf(_ value: Value, _ others: [Side], _ comparison: ValueComparison, _ row: Row) -> Bool {
        others.contains { comparison.equal(value, literal($0, row)) }
    }

    private func holds(_ value: Value) -> Bool {
        switch value {
        case .null, .bool(false), .string(""): false
        case .list(let elements): elements.contains(where: holds)
        default: true
        }
    }
}
