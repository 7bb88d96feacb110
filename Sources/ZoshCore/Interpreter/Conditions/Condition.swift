internal import ZoshKit

/// What stands after `where` and `assert`, read and checked but not yet given its variables.
indirect enum Condition: Sendable {
    enum Comparison: String, Sendable {
        case equal = "=="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }

    /// All of these. A list, so that a thousand terms are no deeper than two.
    case and([Condition])
    case or([Condition])
    case not(Condition)
    case compare(Operand, Comparison, Operand)
    case oneOf(Operand, [Operand])
    case matches(Operand, pattern: Operand)
    case contains(Operand, Operand)
    /// A field alone: neither null, nor false, nor empty.
    case holds(Operand)
}

/// One side of a comparison.
enum Operand: Sendable {
    case field(FieldUse)
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
    /// Whether it is a word without quotes, which may have been meant as a field.
    let isBareWord: Bool
    /// Whether it stands in the line, and was not given by a variable or a file.
    let isWritten: Bool
    /// Whether it was found to exist where the values of its field are listed.
    var isKnown = false
    /// Whether it was reported that nothing of its field has it.
    var isReported = false

    init(_ value: Value, at span: Span, dates: DateReader, isBareWord: Bool = false, isWritten: Bool = false) {
        self.init(
            value: value, span: span, moment: value.string.flatMap(dates.moment), isBareWord: isBareWord,
            isWritten: isWritten)
    }

    private init(value: Value, span: Span, moment: DateReader.Moment?, isBareWord: Bool, isWritten: Bool) {
        self.value = value
        self.span = span
        self.moment = moment
        self.isBareWord = isBareWord
        self.isWritten = isWritten
    }

    /// Another value in its place, which is not a date.
    func replacing(_ value: Value) -> Literal {
        Literal(value: value, span: span, moment: nil, isBareWord: false, isWritten: isWritten)
    }
}

extension Condition {
    private var operands: [Operand] {
        switch self {
        case .and(let terms), .or(let terms): terms.flatMap(\.operands)
        case .not(let a): a.operands
        case .compare(let a, _, let b): [a, b]
        case .oneOf(let a, let others): [a] + others
        case .matches(let a, let b), .contains(let a, let b): [a, b]
        case .holds(let a): [a]
        }
    }

    /// The fields it reads, in order, on either side of a comparison.
    var fields: [FieldUse] { operands.compactMap { if case .field(let use) = $0 { use } else { nil } } }

    /// The values fields are compared with in any way but by a pattern or a part.
    var comparisons: [(field: FieldUse, value: Literal)] {
        switch self {
        case .and(let terms), .or(let terms): return terms.flatMap(\.comparisons)
        case .not(let a): return a.comparisons
        case .compare(let a, _, let b):
            guard case .field(let use) = a, case .literal(let literal) = b else { return [] }
            return [(use, literal)]
        case .oneOf: return equalities.map { ($0.field, $0.value) }
        case .matches, .contains, .holds: return []
        }
    }

    /// What a word stands for in a comparison: one value, several, or a part of a text.
    enum WordUse { case value, list, part }

    /// The variables a field is compared with or looked for in, as in `email in $rows`.
    var fieldsOfWords: [(field: FieldUse, word: Word, use: WordUse)] {
        func pairs(_ a: Operand, _ others: [Operand], _ kind: WordUse) -> [(field: FieldUse, word: Word, use: WordUse)]
        {
            guard case .field(let field) = a else { return [] }
            return others.compactMap { if case .deferred(let word) = $0 { (field, word, kind) } else { nil } }
        }
        return switch self {
        case .and(let terms), .or(let terms): terms.flatMap(\.fieldsOfWords)
        case .not(let a): a.fieldsOfWords
        case .oneOf(let a, let others): pairs(a, others, .list)
        case .compare(let a, _, let b): pairs(a, [b], .value)
        case .matches(let a, let b), .contains(let a, let b): pairs(a, [b], .part)
        case .holds: []
        }
    }

    /// The values it compares with that are written in the line.
    var literals: [Literal] { operands.compactMap { if case .literal(let literal) = $0 { literal } else { nil } } }

    /// The words in it that variables decide.
    var words: [Word] { operands.compactMap { if case .deferred(let word) = $0 { word } else { nil } } }

    /// The same condition with every variable replaced by what it holds.
    /// - Parameters:
    ///   - ownRow: whether `$it` is the row the condition is about, as it is outside a block.
    ///   - values: what a word stands for; several values where a variable holds rows or a list.
    func resolved(ownRow: Bool = false, _ values: (Word) throws -> [Literal]) throws -> Condition {
        func one(_ operand: Operand) throws -> Operand {
            guard case .deferred(let word) = operand else { return operand }
            if ownRow, let field = try word.ownField { return .field(field) }
            let found = try values(word)
            guard found.count == 1 else {
                throw ZoshError(
                    .usage, "\(found.count) values stand where one is needed", at: word.span,
                    remedy: "compare with 'in'")
            }
            return .literal(found[0])
        }
        func many(_ operand: Operand) throws -> [Operand] {
            guard case .deferred(let word) = operand else { return [operand] }
            if ownRow, let field = try word.ownField { return [.field(field)] }
            return try values(word).map(Operand.literal)
        }
        // What is compared is a field: a variable there holds the name of one, as a script's `param a: field` does.
        func left(_ operand: Operand) throws -> Operand {
            guard case .deferred(let word) = operand else { return operand }
            if ownRow, let field = try word.ownField { return .field(field) }
            let found = try values(word)
            guard word.soleVariable?.name != "it", found.count == 1, let name = found[0].value.string, !name.isEmpty
            else { throw word.isNoField }
            return .field(FieldUse(FieldPath(name), at: word.span))
        }
        return try replacing(one, many, left: left)
    }

    /// The same condition with `$it.NAME` as the field it is, and every other variable left for later.
    func withOwnFields() throws -> Condition {
        func one(_ operand: Operand) throws -> Operand {
            guard case .deferred(let word) = operand, let field = try word.ownField else { return operand }
            return .field(field)
        }
        return try replacing(one, { [try one($0)] }, left: one)
    }

    /// The same condition with a value in the place of every word that has one; the others are left for later.
    func fillingWords(_ value: (Word) throws -> Literal?) rethrows -> Condition {
        func one(_ operand: Operand) throws -> Operand {
            guard case .deferred(let word) = operand, let literal = try value(word) else { return operand }
            return .literal(literal)
        }
        return try replacing(one, { [try one($0)] }, left: { $0 })
    }

    /// The same condition with other fields in place of those it reads.
    func renamingFields(_ rename: (FieldUse) throws -> FieldUse) rethrows -> Condition {
        func one(_ operand: Operand) throws -> Operand {
            guard case .field(let use) = operand else { return operand }
            return .field(try rename(use))
        }
        return try replacing(one, { [try one($0)] }, left: one)
    }

    /// The same condition with other values where fields are compared with them or searched for them.
    func mappingValues(_ map: (FieldUse, Literal) -> Literal) -> Condition {
        func value(_ a: Operand, _ b: Operand) -> Operand {
            guard case .field(let use) = a, case .literal(let literal) = b else { return b }
            return .literal(map(use, literal))
        }
        return switch self {
        case .and(let terms): .and(terms.map { $0.mappingValues(map) })
        case .or(let terms): .or(terms.map { $0.mappingValues(map) })
        case .not(let a): .not(a.mappingValues(map))
        case .compare(let a, let sign, let b): .compare(a, sign, value(a, b))
        case .matches(let a, let b): .matches(a, pattern: value(a, b))
        case .contains(let a, let b): .contains(a, value(a, b))
        case .oneOf(let a, let others): .oneOf(a, others.map { value(a, $0) })
        case .holds: self
        }
    }

    /// - Parameter left: what stands in the place of what is compared.
    private func replacing(
        _ one: (Operand) throws -> Operand, _ many: (Operand) throws -> [Operand], left: (Operand) throws -> Operand
    ) rethrows -> Condition {
        switch self {
        case .and(let terms): .and(try terms.map { try $0.replacing(one, many, left: left) })
        case .or(let terms): .or(try terms.map { try $0.replacing(one, many, left: left) })
        case .not(let a): .not(try a.replacing(one, many, left: left))
        case .compare(let a, let sign, let b): .compare(try left(a), sign, try one(b))
        case .matches(let a, let pattern): .matches(try left(a), pattern: try one(pattern))
        case .contains(let a, let b): .contains(try left(a), try one(b))
        case .holds(let a): .holds(try left(a))
        case .oneOf(let a, let others): .oneOf(try left(a), try others.flatMap(many))
        }
    }
}

extension Word {
    /// What is said of a variable that stands where a field is compared.
    fileprivate var isNoField: ZoshError {
        let name = soleVariable.map { ([$0.name] + $0.path).joined(separator: ".") } ?? "…"
        if let reference = soleVariable, reference.name == "it" {
            return ZoshError(
                .usage, "the left side must be a field, and '$\(name)' is a value", at: span,
                remedy: "write the field of these rows first: \(reference.path.joined(separator: ".")) == $\(name)")
        }
        return ZoshError(
            .usage, "the left side must be a field, and '$\(name)' is a variable", at: span,
            remedy: "write the field without $: \(name) == …")
    }

    /// The field of the row a condition is about, when the word is `$it.NAME` and nothing else.
    /// - Throws: `ZoshError.usage` for `$it` without a name.
    fileprivate var ownField: FieldUse? {
        get throws {
            guard let reference = soleVariable, reference.name == "it" else { return nil }
            guard !reference.path.isEmpty else {
                throw ZoshError(.usage, "'$it' is the whole row", at: span, remedy: "name a field of it: $it.email")
            }
            return FieldUse(FieldPath(reference.path.joined(separator: ".")), at: span)
        }
    }
}
