internal import ZoshKit

/// Compares what a field holds with a value.
///
/// Dates compare as instants, numbers as numbers, e-mail addresses without case, all else as text. An id stays text:
/// equality never turns a string into a number. An object with a name compares by its name, and by its id for
/// equality; of a list any element counts. Null equals only null and an empty list, and is neither less nor greater
/// than anything.
struct ValueComparison {
    let dates: DateReader
    /// Whether the field holds a status of users, for which Zoho has two words.
    var isStatus = false

    func equal(_ left: Value, _ right: Literal) -> Bool {
        if case .list(let values) = right.value {
            if values.isEmpty { return Self.isNothing(left) }
            return values.contains { equal(left, Literal($0, at: right.span, dates: dates)) }
        }
        switch left {
        case .null: return right.value.isNull
        case .list(let elements): return elements.isEmpty ? right.value.isNull : elements.contains { equal($0, right) }
        case .row(let row): return equal(row, right.value)
        case .bool(let flag): return Bool(callValue: .string(right.value.text.lowercased())) == flag
        case .string(let text): return equal(text, right)
        case .integer, .decimal:
            if left.text == right.value.text { return true }
            guard let a = Number(left), let b = Number(right.value) else { return false }
            return a == b
        }
    }

    private static func isNothing(_ value: Value) -> Bool {
        switch value {
        case .null: true
        case .list(let elements): elements.isEmpty
        default: false
        }
    }

    private func equal(_ text: String, _ right: Literal) -> Bool {
        if right.value.isNull { return false }
        if case .row(let row) = right.value { return equal(row, .string(text)) }
        let other = right.value.text
        if text == other { return true }
        if isStatus { return UserStatus.canonical(text) == UserStatus.canonical(other) }
        if let moment = right.moment, let instant = dates.instant(of: text) {
            return instant >= moment.seconds && instant < moment.seconds + moment.length
        }
        guard text.utf8.contains(UInt8(ascii: "@")) else { return false }
        return Likeness.folded(text) == Likeness.folded(other)
    }

    /// Two objects with ids are the same when the ids are: people can share a name.
    private func equal(_ row: Row, _ other: Value) -> Bool {
        if other.isNull { return false }
        if case .row(let otherRow) = other, let a = row["id"], let b = otherRow["id"], !a.isNull, !b.isNull {
            return a.text == b.text
        }
        let names = Likeness.names(.row(row))
        return Likeness.names(other).contains { names.contains($0) }
    }

    func ordered(_ left: Value, _ sign: Condition.Comparison, _ right: Literal) -> Bool {
        if case .list(let elements) = left { return elements.contains { ordered($0, sign, right) } }
        if case .list(let values) = right.value {
            return values.contains { ordered(left, sign, Literal($0, at: right.span, dates: dates)) }
        }
        if left.isNull || right.value.isNull { return false }
        if let moment = right.moment, let instant = left.string.flatMap(dates.instant) {
            return switch sign {
            case .less: instant < moment.seconds
            case .lessOrEqual: instant < moment.seconds + moment.length
            case .greater: instant >= moment.seconds + moment.length
            case .greaterOrEqual: instant >= moment.seconds
            case .equal, .notEqual: false
            }
        }
        if let a = Number(left), let b = Number(right.value) { return Self.holds(sign, less: a < b, more: b < a) }
        let (a, b) = (left.shownText, right.value.shownText)
        return Self.holds(sign, less: a < b, more: b < a)
    }

    private static func holds(_ sign: Condition.Comparison, less: Bool, more: Bool) -> Bool {
        switch sign {
        case .less: less
        case .lessOrEqual: !more
        case .greater: more
        case .greaterOrEqual: !less
        case .equal: !less && !more
        case .notEqual: less || more
        }
    }

    /// The texts `~` and `contains` look into: an object's name, each element of a list; none for null.
    static func texts(_ value: Value) -> [String] {
        switch value {
        case .null: []
        case .list(let elements): elements.flatMap(texts)
        default: [value.shownText]
        }
    }

    static func contains(_ value: Value, _ part: Literal) -> Bool {
        let texts = texts(value)
        guard !texts.isEmpty else { return false }
        return Self.texts(part.value).contains { part in
            let isFolded = SmartCase.folds(part)
            let folded = part.lowercased()
            return texts.contains { text in
                isFolded || Likeness.isEmailAddress(text) ? text.lowercased().contains(folded) : text.contains(part)
            }
        }
    }
}
