internal import ZoshKit

/// The values a condition compares fields with, to be looked at and replaced.
extension Condition {
    /// A part of a text, or a pattern, that is looked for in a field.
    struct Part {
        let field: FieldUse
        let value: Literal
        let isPattern: Bool
        /// Whether the rows are kept in which it is not found.
        let isNegated: Bool
    }

    var parts: [Part] { parts(isNegated: false) }

    private func parts(isNegated: Bool) -> [Part] {
        func part(_ a: Operand, _ b: Operand, isPattern: Bool) -> [Part] {
            guard case .field(let use) = a, case .literal(let literal) = b else { return [] }
            return [Part(field: use, value: literal, isPattern: isPattern, isNegated: isNegated)]
        }
        return switch self {
        case .and(let terms), .or(let terms): terms.flatMap { $0.parts(isNegated: isNegated) }
        case .not(let a): a.parts(isNegated: !isNegated)
        case .matches(let a, let b): part(a, b, isPattern: true)
        case .contains(let a, let b): part(a, b, isPattern: false)
        case .compare, .oneOf, .holds: []
        }
    }

    /// A value that a field is compared with for being the same, or not.
    struct Equality {
        let field: FieldUse
        let value: Literal
        /// `==`, `!=`, `in` or `not in`.
        let sign: String
        /// Whether the rows are kept that have another value.
        let isNegated: Bool

        /// The same comparison of another field with another value, as it is written.
        func rewritten(_ field: String, _ value: String) -> String {
            let value = Syntax.quoted(value.neutralised)
            return "\(field) \(sign) " + (sign.hasSuffix("in") ? "(\(value))" : value)
        }
    }

    var equalities: [Equality] { equalities(isNegated: false) }

    private func equalities(isNegated: Bool) -> [Equality] {
        func equality(_ a: Operand, _ b: Operand, _ sign: String, _ isNegated: Bool) -> [Equality] {
            guard case .field(let use) = a, case .literal(let literal) = b else { return [] }
            return [Equality(field: use, value: literal, sign: sign, isNegated: isNegated)]
        }
        return switch self {
        case .and(let terms), .or(let terms): terms.flatMap { $0.equalities(isNegated: isNegated) }
        case .not(.oneOf(let a, let others)): others.flatMap { equality(a, $0, "not in", !isNegated) }
        case .not(let a): a.equalities(isNegated: !isNegated)
        case .compare(let a, .equal, let b): equality(a, b, "==", isNegated)
        case .compare(let a, .notEqual, let b): equality(a, b, "!=", !isNegated)
        case .oneOf(let a, let others): others.flatMap { equality(a, $0, "in", isNegated) }
        case .compare, .matches, .contains, .holds: []
        }
    }

    /// The fields whose own values decide: all that are not only compared with a value for being the same, or not.
    var fieldsRead: Set<FieldUse> {
        func fields(_ operands: [Operand]) -> Set<FieldUse> {
            Set(operands.compactMap { if case .field(let use) = $0 { use } else { nil } })
        }
        func isNull(_ operand: Operand) -> Bool {
            if case .literal(let literal) = operand { literal.value.isNull } else { false }
        }
        return switch self {
        case .and(let terms), .or(let terms): terms.reduce(into: []) { $0.formUnion($1.fieldsRead) }
        case .not(let a): a.fieldsRead
        case .compare(let a, .equal, let b), .compare(let a, .notEqual, let b):
            isNull(b) || !fields([b]).isEmpty ? fields([a, b]) : []
        case .oneOf(let a, let others):
            others.contains(where: isNull) || !fields(others).isEmpty ? fields([a] + others) : []
        case .compare(let a, _, let b), .matches(let a, let b), .contains(let a, let b): fields([a, b])
        case .holds(let a): fields([a])
        }
    }

    /// The fields it compares with other fields for being the same, or not.
    var fieldPairs: [(field: FieldUse, other: FieldUse)] {
        func pair(_ a: Operand, _ b: Operand) -> [(field: FieldUse, other: FieldUse)] {
            guard case .field(let use) = a, case .field(let other) = b else { return [] }
            return [(use, other)]
        }
        return switch self {
        case .and(let terms), .or(let terms): terms.flatMap(\.fieldPairs)
        case .not(let a): a.fieldPairs
        case .compare(let a, .equal, let b), .compare(let a, .notEqual, let b): pair(a, b)
        case .oneOf(let a, let others): others.flatMap { pair(a, $0) }
        case .compare, .matches, .contains, .holds: []
        }
    }

    /// The same condition with other values where fields are compared with them for being the same, or not.
    func replacingEqualValues(_ replace: (FieldUse, Literal) -> [Literal]) -> Condition {
        func values(_ a: Operand, _ b: Operand) -> [Operand] {
            guard case .field(let use) = a, case .literal(let literal) = b else { return [b] }
            return replace(use, literal).map(Operand.literal)
        }
        func equal(_ a: Operand, _ b: Operand) -> Condition {
            let all = values(a, b)
            return all.count == 1 ? .compare(a, .equal, all[0]) : .oneOf(a, all)
        }
        func notEqual(_ a: Operand, _ b: Operand) -> Condition {
            let all = values(a, b)
            return all.count == 1 ? .compare(a, .notEqual, all[0]) : .not(.oneOf(a, all))
        }
        return switch self {
        case .and(let terms): .and(terms.map { $0.replacingEqualValues(replace) })
        case .or(let terms): .or(terms.map { $0.replacingEqualValues(replace) })
        case .not(let a): .not(a.replacingEqualValues(replace))
        case .compare(let a, .equal, let b): equal(a, b)
        case .compare(let a, .notEqual, let b): notEqual(a, b)
        case .oneOf(let a, let others): .oneOf(a, others.flatMap { values(a, $0) })
        case .compare, .matches, .contains, .holds: self
        }
    }
}
