extension Field {
    /// A value as it is sent: of the type the field has, whether it was typed, read from a file or taken from a row.
    ///
    /// Null clears a field of any type. References are not looked up here: a record's id or `{id, name}` yields its id.
    /// - Throws: `ZoshError.usage` when the value cannot be one of this field.
    public func value(from given: Value, at span: Span?) throws -> Value {
        try limited(try typed(given, at: span), at: span)
    }

    private func typed(_ given: Value, at span: Span?) throws -> Value {
        if given.isNull { return .null }
        switch type {
        case .text:
            switch given {
            case .list: throw refusal(given, "one text", at: span)
            // A column of yes and no under the heading of a text is one column off more often than it is meant.
            case .bool:
                throw refusal(
                    given, "a text", at: span, remedy: "put it in quotes to store the word: \"\(given.text)\"")
            case .row(let row):
                guard let name = row.string("name") else { throw refusal(given, "one text", at: span) }
                return .string(name)
            case .null, .integer, .decimal, .string: return .string(given.text)
            }
        case .email:
            // What spreadsheets and mail programs put around an address is not part of it.
            let text = given.row.map { $0.string("email") ?? "" } ?? given.text
            guard let email = try? WrittenEmail(text).text, EmailAddress.isValid(email) else {
                throw refusal(given, "an e-mail address", at: span)
            }
            return .string(email)
        case .integer:
            guard let number = given.integer else { throw refusal(given, "a whole number", at: span) }
            return .integer(number)
        case .decimal: return try decimal(given, at: span)
        case .checkbox:
            guard let flag = Self.flag(given) else { throw refusal(given, "yes or no", at: span) }
            return .bool(flag)
        case .date:
            guard Self.isDate(given.text) else { throw refusal(given, "a date such as 2026-01-31", at: span) }
            return .string(given.text)
        case .dateTime:
            guard Self.isDateTime(given.text) else {
                throw refusal(given, "a time such as 2026-01-31T17:00:00+01:00", at: span)
            }
            return .string(given.text)
        case .reference:
            guard let row = given.row else { return .string(given.text) }
            // Without an id it would be sent as null, which clears the field.
            guard let id = row["id"], !id.isNull else { throw refusal(given, "a record with an id", at: span) }
            return id
        case .list:
            guard let row = given.row else { return list(given) }
            guard let name = row.string("name") else { throw refusal(given, "a list of texts", at: span) }
            return .list([.string(name)])
        case .object:
            if given.row != nil { return given }
            guard let read = try? JSONReader.value(of: given.text), read.row != nil else {
                throw refusal(given, "a JSON object such as {\"a\": 1}", at: span)
            }
            return read
        case .unknown: return given
        }
    }

    private func refusal(_ value: Value, _ wanted: String, at span: Span?, remedy: String? = nil) -> ZoshError {
        // Never the JSON of what has parts.
        let problem: String
        switch value {
        case .list(let values) where values.isEmpty: problem = "\(name) needs \(wanted), and there is no value"
        case .list(let values):
            problem = "\(name) needs \(wanted), not a list of \(values.count) value\(values.count == 1 ? "" : "s")"
        case .row(let row):
            // What refers to a record is its name, as tables show it.
            guard row.count <= Self.mostOfReference, let name = row.string("name") ?? row.string("id") else {
                problem = "\(name) needs \(wanted), not a whole row"
                break
            }
            problem = "'\(name.brief(60))' is not \(wanted), which \(self.name) needs"
        default: problem = "'\(value.text.showingUnseen.neutralised)' is not \(wanted), which \(name) needs"
        }
        return ZoshError(.usage, problem, at: span, remedy: remedy ?? Self.part(of: value))
    }

    /// The most fields of an object that stands for another record.
    private static let mostOfReference = 4

    /// A field of a whole row, one of which was meant.
    private static func part(of value: Value) -> String? {
        guard let row = value.row, row.count > mostOfReference else { return nil }
        let name = ["email", "full_name", "name"].first { row.string($0) != nil } ?? row.names[0]
        return "name one of its fields, such as .\(name.neutralised)"
    }

    private func decimal(_ given: Value, at span: Span?) throws -> Value {
        switch given {
        case .integer, .decimal: return given
        default:
            if let whole = Int64(given.text) { return .integer(whole) }
            // Nothing but digits with a point: the number is sent with the digits it was written with.
            let isNumber = given.text.wholeMatch(of: /-?[0-9]+\.[0-9]+/) != nil
            guard isNumber else { throw refusal(given, "a number such as 1200.50", at: span) }
            return .decimal(given.text)
        }
    }

    /// Several texts in one: a JSON list, as files have where a value holds a comma, else one in each line, else
    /// separated by `;`, as Zoho's exports are, else by commas.
    private func list(_ given: Value) -> Value {
        if given.list != nil { return given }
        guard let text = given.string else { return .list([given]) }
        return Value.list(written: text) ?? .list(Value.texts(text))
    }

    private static func flag(_ given: Value) -> Bool? {
        switch given {
        case .bool(let flag): flag
        case .integer(1): true
        case .integer(0): false
        default:
            switch given.text.lowercased() {
            case "true", "yes", "on", "1": true
            case "false", "no", "off", "0": false
            default: nil
            }
        }
    }

    private static func isDate(_ text: String) -> Bool {
        guard let match = text.wholeMatch(of: /([0-9]{4})-([0-9]{2})-([0-9]{2})/), let year = Int(match.1),
            let month = Int(match.2), let day = Int(match.3), (1...12).contains(month)
        else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...days[month - 1]).contains(day)
    }

    private static func isDateTime(_ text: String) -> Bool {
        guard let match = text.wholeMatch(of: /(.{10})T([0-9]{2}):([0-9]{2}):([0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})/)
        else {
            return false
        }
        let isTime =
            Int(match.2).map { $0 < 24 } == true && Int(match.3).map { $0 < 60 } == true
            && Int(match.4).map { $0 < 60 } == true
        return isDate(String(match.1)) && isTime
    }
}
