internal import ZoshKit

/// What to say of a word that stands where a condition has an operator: other languages have words for ours.
enum UnknownOperator {
    /// Words of the language, which mean something only as they are written here.
    private static let keywords: Set<String> = ["and", "or", "not", "in", "contains"]
    private static let units: Set<String> = [
        "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks", "month", "months",
        "year", "years",
    ]
    private static let signs = "==, !=, <, <=, >, >=, ~, !~, contains or in"

    /// What is written in the place of another language's word, behind the field.
    private static let ours: [(words: Set<String>, ours: String)] = [
        (["matches", "match", "matching", "like", "ilike", "rlike", "regex", "regexp"], "~ 'PATTERN'"),
        (["is", "equals", "equal", "eq", "be"], "== VALUE"),
        (["isnt", "ne", "neq", "differs"], "!= VALUE"),
        (["gt", "after", "above", "over", "newer"], "> VALUE"),
        (["lt", "before", "below", "under", "older"], "< VALUE"),
        (["ge", "gte", "since"], ">= VALUE"), (["le", "lte", "until"], "<= VALUE"),
        (["includes", "include", "has", "containing", "contain"], "contains TEXT"),
        (["within", "among", "oneof"], "in (A, B)"),
        (["startswith", "starts", "begins", "beginswith"], "~ '^TEXT'"),
        (["endswith", "ends"], "~ 'TEXT$'"),
        (["between"], ">= A and FIELD <= B"),
    ]

    /// A word that does not fit behind a whole comparison.
    static func unexpected(_ extra: ConditionToken, instead expected: String) -> ZoshError {
        let small = extra.plain?.lowercased() ?? ""
        if let sign = extra.sign, [">", "<"].contains(sign) {
            return ZoshError(
                .usage, "expected \(expected)", at: extra.span, remedy: "for a file, a pipe: … | save FILE")
        }
        if units.contains(small) {
            return ZoshError(
                .usage, "expected \(expected)", at: extra.span, remedy: "a time that has passed ends in ago: 30d ago")
        }
        return ZoshError(
            .usage, "expected \(expected)", at: extra.span,
            remedy: ["and", "or"].contains(small) && extra.plain != small
                ? "write it in small letters: \(small)" : "quote a value that has spaces")
    }

    /// - Parameters:
    ///   - left: what stands before the word.
    ///   - tokens: the word and what follows it.
    /// - Returns: nil for a word that is none of an operator's: what may follow a field alone.
    static func error(behind left: Operand, _ tokens: ArraySlice<ConditionToken>) -> ZoshError? {
        guard case .field(let use) = left, !keywords.contains(use.path.description),
            var word = tokens.first, case .operand = word.kind
        else { return nil }
        var rest = tokens.dropFirst()
        var isNot = false
        // `not like`; `not in` and `not contains` are operators.
        if word.plain == "not" {
            guard let next = rest.first, case .operand = next.kind, !keywords.contains(next.plain ?? "") else {
                return nil
            }
            (word, rest, isNot) = (next, rest.dropFirst(), true)
        }
        guard let text = word.plain, !keywords.contains(text) else {
            guard word.plain == nil else { return nil }
            return ZoshError(
                .usage, "an operator is missing before this value", at: word.span,
                remedy: "use \(signs)")
        }
        let small = text.lowercased()
        if keywords.contains(small) {
            return ZoshError(
                .usage, "'\(text.neutralised)' is not an operator", at: word.span,
                remedy: "write it in small letters: \(small)")
        }
        return ZoshError(
            .usage, "'\(text.neutralised)' is not an operator", at: word.span,
            remedy: remedy(for: small, of: use.path.description.neutralised, isNot, rest))
    }

    /// A sign of another language: `<>`.
    static func error(sign: String, behind left: Operand, _ tokens: ArraySlice<ConditionToken>) -> ZoshError {
        let ours = ["<>": "!=", "=<": "<=", "=>": ">=", "=~": "~"][sign] ?? "=="
        var remedy = "use \(signs)"
        if case .field(let use) = left {
            let value = tokens.dropFirst().first?.plain ?? "VALUE"
            remedy = "\(use.path) \(ours) \(value)".neutralised
        }
        return ZoshError(
            .usage, "'\(sign)' is not an operator", at: tokens.first?.span ?? Span(0, 0), remedy: remedy)
    }

    private static func remedy(
        for word: String, of field: String, _ isNot: Bool, _ rest: ArraySlice<ConditionToken>
    ) -> String {
        let following = rest.prefix(2).map { $0.plain?.lowercased() ?? "" }
        if word == "is" {
            if following.first.map({ ["null", "empty", "blank"].contains($0) }) ?? false { return "\(field) == null" }
            if following.first == "not" {
                return following.count > 1 && following[1] == "null" ? "\(field) != null" : "\(field) != VALUE"
            }
        }
        let folded = word.filter { $0 != "_" && $0 != "-" }
        if let known = ours.first(where: { $0.words.contains(folded) }) {
            let positive = "\(field) \(known.ours.replacing("FIELD", with: field))"
            return isNot ? "not (\(positive))" : positive
        }
        if let near = Suggestion.nearest(to: word, among: ["contains", "in"]) { return "did you mean '\(near)'?" }
        // `first name == Ada`: the field has a space.
        if rest.first?.sign.map({ ![")", "(", ","].contains($0) }) ?? (following.first.map(keywords.contains) ?? false),
            !["and", "or"].contains(following.first ?? "")
        {
            return "quote a field that has spaces: '\(field) \(word)'"
        }
        return rest.isEmpty || rest.first?.sign == ")" ? "\(field) == \(Syntax.quoted(word))" : "use \(signs)"
    }
}
