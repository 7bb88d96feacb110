internal import ZoshKit

/// The values that one comparison in a condition looks for, and whether rows that have one are left out.
///
/// `city != Lonodn` leaves nobody out, and a write behind it would change everybody.
struct SoughtValues: Sendable {
    /// One of the values, and the comparison that holds for the rows that have it.
    struct Test: Sendable {
        /// Nil where a variable or a file gave the values, which are looked for as a whole.
        let written: Literal?
        let condition: Condition
    }

    enum Kind: Sendable { case value, part, pattern }

    let field: FieldUse
    let kind: Kind
    /// Whether the rows are kept that have none of them.
    let isNegated: Bool
    let tests: [Test]
    /// Whether one of its values is known to exist, wherever it is.
    let isKnown: Bool
    /// Whether the person was told already that there is no such value.
    let isTold: Bool
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
        }
    }

    /// Its values as one text, where they are few.
    var text: String? {
        let literals = tests.compactMap(\.written)
        guard kind != .pattern else { return pattern }
        return literals.count == 1 ? literals[0].value.text : nil
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
        case .matches(let a, let b): Self.sought(a, b, .pattern, isNegated)
        case .contains(let a, let b): Self.sought(a, b, .part, isNegated)
        case .compare, .holds: []
        }
    }

    private static func sought(_ a: Operand, _ others: [Operand], _ isNegated: Bool) -> [SoughtValues] {
        guard case .field(let use) = a else { return [] }
        var literals: [Literal] = []
        for case .literal(let literal) in others { literals.append(literal) }
        guard literals.count == others.count, let first = literals.first,
            !literals.contains(where: \.value.isNull)
        else { return [] }
        let given = literals.filter { !$0.isWritten }
        var tests = literals.filter(\.isWritten).map {
            SoughtValues.Test(written: $0, condition: .compare(a, .equal, .literal($0)))
        }
        if !given.isEmpty {
            tests.append(SoughtValues.Test(written: nil, condition: .oneOf(a, given.map(Operand.literal))))
        }
        return [
            SoughtValues(
                field: use, kind: .value, isNegated: isNegated, tests: tests,
                isKnown: literals.contains(where: \.isKnown), isTold: false,
                span: literals.dropFirst().reduce(first.span) { $0.union($1.span) })
        ]
    }

    private static func sought(_ a: Operand, _ b: Operand, _ kind: SoughtValues.Kind, _ isNegated: Bool)
        -> [SoughtValues]
    {
        guard case .field(let use) = a, case .literal(let literal) = b else { return [] }
        func test(_ literal: Literal) -> SoughtValues.Test {
            SoughtValues.Test(
                written: literal.isWritten ? literal : nil,
                condition: kind == .pattern ? .matches(a, pattern: .literal(literal)) : .contains(a, .literal(literal)))
        }
        let alternatives = kind == .pattern ? PatternAlternatives.of(literal) : [literal]
        var sought = SoughtValues(
            field: use, kind: kind, isNegated: isNegated, tests: alternatives.map(test), isKnown: literal.isKnown,
            isTold: literal.isTold, span: literal.span)
        if kind == .pattern { sought.pattern = literal.value.text }
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
