internal import ZoshKit

/// Reads `status == active and role.name ~ '^Sales'`: `or` binds weakest, then `and`, then `not`.
///
/// A field stands left, a value right; a word on the right is text unless it is marked (`$it.NAME`). A pattern that
/// cannot be compiled and a comparison without a value are reported at their place before anything runs. Nesting is
/// bounded, because the descent is.
struct ConditionParser {
    static let deepest = 64

    private let tokens: [ConditionToken]
    private let dates: DateReader
    private let patterns: KnownPatterns
    private let end: Span
    private var position = 0
    private var depth = 0

    /// - Parameter place: where to point when there are no words.
    static func parse(
        _ words: [Word], after place: Span, dates: DateReader, patterns: KnownPatterns = KnownPatterns()
    ) throws(ZoshError) -> Condition {
        let last = words.last.map { Span($0.span.upper - 1, $0.span.upper) } ?? place
        var parser = ConditionParser(tokens: ConditionToken.read(words), dates: dates, patterns: patterns, end: last)
        let condition = try parser.either()
        if let extra = parser.next {
            throw UnknownOperator.unexpected(extra, instead: "'and', 'or' or end of condition")
        }
        return condition
    }

    private init(tokens: [ConditionToken], dates: DateReader, patterns: KnownPatterns, end: Span) {
        self.tokens = tokens
        self.dates = dates
        self.patterns = patterns
        self.end = end
    }

    private var next: ConditionToken? { position < tokens.count ? tokens[position] : nil }

    private mutating func take(keyword: String) -> Bool {
        guard next?.plain == keyword else { return false }
        position += 1
        return true
    }

    private mutating func take(sign: String) -> Bool {
        guard next?.sign == sign else { return false }
        position += 1
        return true
    }

    // MARK: Structure

    private mutating func either() throws(ZoshError) -> Condition {
        var terms = [try both()]
        while take(keyword: "or") { terms.append(try both()) }
        return terms.count == 1 ? terms[0] : .or(terms)
    }

    private mutating func both() throws(ZoshError) -> Condition {
        var terms = [try negation()]
        while take(keyword: "and") { terms.append(try negation()) }
        return terms.count == 1 ? terms[0] : .and(terms)
    }

    private mutating func negation() throws(ZoshError) -> Condition {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else {
            throw ZoshError(.usage, "this condition is nested too deeply", at: next?.span ?? end)
        }
        if take(keyword: "not") { return .not(try negation()) }
        guard let open = next, take(sign: "(") else { return try comparison() }
        let condition = try either()
        try close(open, after: "'and', 'or' or ')'")
        return condition
    }

    /// Takes the `)` of an open parenthesis.
    /// - Throws: `ZoshError.usage` at the word that stands in its place, or at the parenthesis when nothing does.
    private mutating func close(_ open: ConditionToken, after expected: String) throws(ZoshError) {
        guard !take(sign: ")") else { return }
        if let extra = next { throw UnknownOperator.unexpected(extra, instead: expected) }
        throw ZoshError(
            .usage, "the parenthesis opened here is never closed", at: open.span, remedy: "close it with ')'")
    }

    // MARK: Comparisons

    private mutating func comparison() throws(ZoshError) -> Condition {
        let left = try field()
        guard let token = next else { return .holds(left) }
        if take(keyword: "in") { return .oneOf(left, try values(after: token, of: left)) }
        if take(keyword: "contains") { return .contains(left, try value(after: token)) }
        if token.plain == "not", position + 1 < tokens.count {
            let keyword = tokens[position + 1]
            if keyword.plain == "in" {
                position += 2
                return .not(.oneOf(left, try values(after: token, of: left, isNot: true)))
            }
            if keyword.plain == "contains" {
                position += 2
                return .not(.contains(left, try value(after: keyword)))
            }
        }
        guard let sign = token.sign else {
            if let error = UnknownOperator.error(behind: left, tokens[position...]) { throw error }
            return .holds(left)
        }
        switch sign {
        case "~", "!~":
            position += 1
            let pattern = try value(after: token)
            try checkPattern(pattern)
            return sign == "~" ? .matches(left, pattern: pattern) : .not(.matches(left, pattern: pattern))
        case ")", ",", "(": return .holds(left)
        default:
            guard let comparison = Condition.Comparison(rawValue: sign == "=" ? "==" : sign) else {
                throw UnknownOperator.error(sign: sign, behind: left, tokens[position...])
            }
            position += 1
            return .compare(left, comparison, try value(after: token))
        }
    }

    private mutating func field() throws(ZoshError) -> Operand {
        guard let token = next else {
            throw ZoshError(.usage, "a condition is missing", at: end, remedy: "status == active")
        }
        guard case .operand(let word) = token.kind else {
            throw ZoshError(.usage, "expected a field before '\(token.sign ?? "")'", at: token.span)
        }
        position += 1
        guard let name = word.literal else { return .deferred(word) }
        guard !FieldPath.isTooDeep(name) else { throw FieldPath.tooDeep(at: word.span) }
        return .field(FieldUse(FieldPath(name), at: token.span))
    }

    private mutating func value(after sign: ConditionToken) throws(ZoshError) -> Operand {
        guard let token = next, case .operand(let word) = token.kind else {
            throw ZoshError(
                .usage, "a value is missing after '\(sign.sign ?? sign.plain ?? "")'", at: (next ?? sign).span)
        }
        position += 1
        guard let text = word.literal else { return .deferred(word) }
        if let (phrase, count) = ago(from: position - 1) {
            let span = token.span.union(tokens[position - 2 + count].span)
            position += count - 1
            guard dates.moment(phrase) != nil else {
                throw ZoshError(.usage, "'\(phrase)' is not a date", at: span, remedy: "30d ago, 12h ago, 6mo ago")
            }
            return .literal(Literal(.string(phrase), at: span, dates: dates, isWritten: true))
        }
        let value: Value =
            switch word.plain {
            case "null": .null
            case "true": .bool(true)
            case "false": .bool(false)
            default: .string(text)
            }
        let isBareWord = word.plain != nil && value.string != nil
        return .literal(Literal(value, at: token.span, dates: dates, isBareWord: isBareWord, isWritten: true))
    }

    /// `30d ago` and `30 days ago`: two or three bare words that end in `ago`.
    private func ago(from start: Int) -> (phrase: String, count: Int)? {
        var words: [String] = []
        for token in tokens[start...].prefix(3) {
            guard let word = token.plain else { return nil }
            words.append(word)
            if word == "ago" { return words.count > 1 ? (words.joined(separator: " "), words.count) : nil }
        }
        return nil
    }

    /// - Throws: `ZoshError.usage` at a file: a condition reads none.
    private static func checkNoFile(_ token: ConditionToken, of field: Operand, _ isNot: Bool) throws(ZoshError) {
        guard case .operand(let word) = token.kind, let path = word.dropping(bare: "@")?.literal, !path.isEmpty,
            case .field(let use) = field
        else { return }
        let name = use.path.description
        throw ZoshError(
            .usage, "a condition does not read files", at: token.span,
            remedy: "let f = open \(Syntax.quoted(path)), then: where \(name) \(isNot ? "not in" : "in") $f.\(name)")
    }

    /// `(a, b)`, or one variable that holds several.
    private mutating func values(
        after keyword: ConditionToken, of field: Operand, isNot: Bool = false
    ) throws(ZoshError) -> [Operand] {
        if let token = next { try Self.checkNoFile(token, of: field, isNot) }
        guard let open = next, take(sign: "(") else {
            let only = try value(after: keyword)
            guard case .deferred = only else {
                throw ZoshError(
                    .usage, "expected a list after 'in'", at: tokens[position - 1].span,
                    remedy: "status in (active, disabled)")
            }
            return [only]
        }
        var found: [Operand] = []
        repeat { found.append(try value(after: open)) } while take(sign: ",")
        try close(open, after: "',' or ')'")
        return found
    }

    private func checkPattern(_ operand: Operand) throws(ZoshError) {
        guard case .literal(let literal) = operand else { return }
        try patterns.check(literal)
    }
}
