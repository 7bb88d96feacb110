internal import ZoshKit

/// Checks a text against a type and turns it into the value a command gets.
///
/// What only Zoho or the store can know (whether a user exists) is the command's business; what the text alone can
/// know is reported here, before anything runs.
struct ValueReader: Sendable {
    let dates: DateReader

    /// - Parameter name: what the value is given for, as errors call it.
    func read(_ text: String, as type: ValueType, of name: String? = nil, at span: Span) throws(ZoshError) -> Value {
        switch type {
        case .string, .settingValue, .alias, .apiPath, .dataCentre, .organization, .role, .profile,
            .connection, .command, .setting, .errorCode,
            .expression,
            .pipeline:
            return .string(text)
        case .integer(let range): return .integer(try integer(text, range, span))
        case .boolean:
            guard let flag = Bool(callValue: .string(text)) else {
                throw ZoshError(.usage, "'\(text)' is neither yes nor no", at: span, remedy: "write yes or no")
            }
            return .bool(flag)
        case .choice(let words): return .string(try choice(text, words, name, span))
        case .userID:
            guard ZohoID.isID(text) else {
                throw Self.wrong(text, type, span, "write an id, all digits; list them with: users ids")
            }
            return .string(text)
        case .user, .file:
            guard !text.isEmpty else { throw ZoshError(.usage, "a \(type.noun) is missing", at: span) }
            return .string(text)
        case .field:
            guard !text.isEmpty, !FieldPath(text).names.contains("") else {
                throw Self.wrong(text, type, span, "write a field such as email or role.name")
            }
            guard !FieldPath.isTooDeep(text) else { throw FieldPath.tooDeep(at: span) }
            return .string(text)
        case .date:
            guard let moment = dates.moment(text) else {
                throw Self.wrong(
                    text, type, span, "write a date: 2026-01-31, yesterday, '30d ago' or 2026-01-31T09:00:00+01:00")
            }
            return .string(Timestamp.rfc3339(moment.seconds))
        case .time:
            // As it was written: what it means is kept with it.
            _ = try dates.times.time(text, at: span)
            return .string(text)
        case .duration:
            guard let seconds = DurationReader.seconds(text) else {
                throw Self.wrong(text, type, span, "write a duration: 2h, 30min or 7d")
            }
            guard seconds <= DurationReader.longest else {
                throw ZoshError(
                    .usage, "'\(text)' is longer than a year", at: span,
                    remedy: "leave it out for a permanent change")
            }
            return .integer(seconds)
        case .apiVersion:
            return .string(try choice(text, APIVersion.allCases.map(\.rawValue), name ?? "API version", span))
        case .variable:
            guard Word.isName(text), !text.contains("-"), !text.contains(".") else {
                throw Self.wrong(text, type, span, "use letters, digits and '_'")
            }
            return .string(text)
        case .list(let element): return try read(text, as: element, of: name, at: span)
        }
    }

    private func integer(_ text: String, _ range: ClosedRange<Int64>, _ span: Span) throws(ZoshError) -> Int64 {
        guard let number = Int64(text) else { throw Self.wrong(text, .integer(range), span, nil) }
        guard range.contains(number) else {
            let bounds =
                range.upperBound == .max
                ? "use \(range.lowerBound) or more" : "use a number from \(range.lowerBound) to \(range.upperBound)"
            throw ZoshError(.usage, "\(number) is out of range", at: span, remedy: bounds)
        }
        return number
    }

    /// Without regard to case, because Zoho's own documents write `AllUsers` and `allusers`.
    private func choice(_ text: String, _ words: [String], _ name: String?, _ span: Span) throws(ZoshError) -> String {
        if words.contains(text) { return text }
        if let folded = words.first(where: { $0.lowercased() == text.lowercased() }) { return folded }
        // Among short words the nearest may mean the opposite: `no` is one letter from `on`.
        let isShort = words.allSatisfy { $0.count < 4 }
        let near = isShort ? nil : Suggestion.remedy(for: text, among: words)
        let remedy = near ?? "use \(CommandRegistry.either(words))"
        throw ZoshError(.usage, "'\(text)' is not a valid \(name ?? "value")", at: span, remedy: remedy)
    }

    private static func wrong(_ text: String, _ type: ValueType, _ span: Span, _ remedy: String?) -> ZoshError {
        ZoshError(.usage, "'\(text)' is not \(type.nounWithArticle)", at: span, remedy: remedy)
    }
}
