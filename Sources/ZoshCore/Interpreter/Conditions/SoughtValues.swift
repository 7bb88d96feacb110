internal import ZoshKit

/// The values that one comparison in a condition looks for, and whether rows that have one are left out.
///
/// `city != Lonodn` excludes no rows, and a write after it would change every user.
struct SoughtValues: Sendable {
    /// One of the values, and the comparison that holds for the rows that have it.
    struct Test: Sendable {
        /// Nil where a variable or a file gave several values, which are looked for as a whole, and of a field.
        let value: Literal?
        let condition: Condition
    }

    enum Kind: Sendable {
        case value, part, pattern
        /// Less or more than a value: what is looked for is something that can be compared so.
        case order
        /// The same as another field.
        case field(FieldUse)
        /// What a variable or a file gave, and that is nothing.
        case nothing
    }

    let field: FieldUse
    let kind: Kind
    /// Whether the rows are kept that have none of them.
    let isNegated: Bool
    let tests: [Test]
    /// Whether one of its values is known to exist, wherever it is.
    let isKnown: Bool
    /// Whether it was reported already that there is no such value.
    let isReported: Bool
    /// Where its values stand.
    let span: Span

    /// What is said when no row has the value: `no row has the city 'Oslo'`.
    func absence(of text: String) -> String {
        let value = "'\(text.brief(60))'"
        let name = field.path.description.neutralised
        return switch kind {
        case .value: "no row has the \(name) \(value)"
        case .part: "no \(name) contains \(value)"
        case .pattern: "no \(name) matches \(value)"
        case .order: "no \(name) can be compared with \(value)"
        case .field(let other): "no row has the same \(name) and \(other.path.description.neutralised)"
        case .nothing: "there is no value to compare \(name) with"
        }
    }

    /// What it looks for, where that is one text.
    var text: String? {
        switch kind {
        case .pattern: pattern
        case .value, .part, .order: tests.count == 1 ? tests[0].value?.value.text : nil
        case .field(let other): other.path.description
        case .nothing: nil
        }
    }

    /// The whole pattern, of which the tests may have alternatives.
    fileprivate(set) var pattern: String?
}

extension Condition {
    /// Its comparisons of fields with values. What is compared with nothing is not among them: every field can be
    /// without a value.
    var soughtValues: [SoughtValues] { soughtValues(isNegated: false) }

    private func soughtValues(isNegated: Bool) -> [SoughtValues] {
        switch self {
        case .and(let terms), .or(let terms): terms.flatMap { $0.soughtValues(isNegated: isNegated) }
        case .not(let inner): inner.soughtValues(isNegated: !isNegated)
        case .compare(let a, .equal, let b): Self.sought(a, [b], isNegated)
        case .compare(let a, .notEqual, let b): Self.sought(a, [b], !isNegated)
        case .oneOf(let a, let others): Self.sought(a, others, isNegated)
        case .matches(let a, let b): Self.sought(a, b, isPattern: true, isNegated)
        case .contains(let a, let b): Self.sought(a, b, isPattern: false, isNegated)
        case .compare(let a, _, let b): Self.ordered(self, a, b)
        case .holds: []
        }
    }

    private static func ordered(_ condition: Condition, _ a: Operand, _ b: Operand) -> [SoughtValues] {
        guard case .field(let use) = a, case .literal(let literal) = b, literal.value.comparedText != nil else {
            return []
        }
        // Either way round, a value of another kind decides nothing.
        return [
            SoughtValues(
                field: use, kind: .order, isNegated: true,
                tests: [SoughtValues.Test(value: literal, condition: condition)], isKnown: literal.isKnown,
                isReported: false, span: literal.span)
        ]
    }

    private static func sought(_ a: Operand, _ others: [Operand], _ isNegated: Bool) -> [SoughtValues] {
        guard case .field(let use) = a else { return [] }
        if others.count == 1, case .field(let other) = others[0] {
            return [
                SoughtValues(
                    field: use, kind: .field(other), isNegated: isNegated,
                    tests: [SoughtValues.Test(value: nil, condition: .compare(a, .equal, others[0]))], isKnown: false,
                    isReported: false, span: other.span)
            ]
        }
        var literals: [Literal] = []
        for case .literal(let literal) in others { literals.append(literal) }
        guard literals.count == others.count else { return [] }
        let nulls = literals.filter(\.value.isNull)
        literals.removeAll(where: \.value.isNull)
        guard let first = literals.first else {
            // A null that was typed asks for what has no value; one from a variable is a value that is missing.
            guard nulls.allSatisfy({ !$0.isWritten }) else { return [] }
            return [
                SoughtValues(
                    field: use, kind: .nothing, isNegated: isNegated,
                    tests: [SoughtValues.Test(value: nil, condition: .oneOf(a, []))], isKnown: false, isReported: false,
                    span: nulls.first?.span ?? use.span)
            ]
        }
        let hasSeveral = literals.filter { !$0.isWritten }.count > 1
        let given = hasSeveral ? literals.filter { !$0.isWritten } : []
        var tests = literals.filter { $0.isWritten || !hasSeveral }.map {
            SoughtValues.Test(value: $0, condition: .compare(a, .equal, .literal($0)))
        }
        if !given.isEmpty {
            tests.append(SoughtValues.Test(value: nil, condition: .oneOf(a, given.map(Operand.literal))))
        }
        return [
            SoughtValues(
                field: use, kind: .value, isNegated: isNegated, tests: tests,
                isKnown: literals.contains(where: \.isKnown), isReported: false,
                span: literals.dropFirst().reduce(first.span) { $0.union($1.span) })
        ]
    }

    private static func sought(_ a: Operand, _ b: Operand, isPattern: Bool, _ isNegated: Bool)
        -> [SoughtValues]
    {
        guard case .field(let use) = a, case .literal(let literal) = b else { return [] }
        func test(_ literal: Literal) -> SoughtValues.Test {
            SoughtValues.Test(
                value: literal,
                condition: isPattern ? .matches(a, pattern: .literal(literal)) : .contains(a, .literal(literal)))
        }
        let alternatives = isPattern ? PatternAlternatives.of(literal) : [literal]
        var sought = SoughtValues(
            field: use, kind: isPattern ? .pattern : .part, isNegated: isNegated, tests: alternatives.map(test),
            isKnown: literal.isKnown,
            isReported: literal.isReported, span: literal.span)
        if isPattern { sought.pattern = literal.value.text }
        return [sought]
    }
}

/// The patterns that a pattern says one of must be found: `CEO` and `Manager` of `^(CEO|Manager)$`.
enum PatternAlternatives {
    /// The alternatives; the whole where it is not clear which there are.
    static func of(_ literal: Literal) -> [Literal] {
        let texts = of(literal.value.text)
        return texts.count < 2 ? [literal] : texts.map { literal.replacing(.string($0)) }
    }

    static func of(_ text: String) -> [String] {
        guard text.contains("|") else { return [text] }
        var (before, inner, after) = ("", text, "")
        if let match = text.wholeMatch(of: /(\^?)\(([^()]*)\)(\$?)/) {
            (before, inner, after) = (String(match.1), String(match.2), String(match.3))
        }
        guard !inner.contains(where: { "()[]{}\\".contains($0) }) else { return [text] }
        let parts = inner.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        guard !parts.contains("") else { return [text] }
        return parts.map { before + $0 + after }
    }
}
