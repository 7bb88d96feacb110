internal import ZoshKit

/// What e-mails and ids in a condition stand for: cleaned of what was copied with them, and where the field is another
/// user, that user's id.
///
/// As it is written, `manager == ' ann@x.example '` would match no row, and its negative every row.
struct ComparedPeople {
    let values: DirectoryValues

    /// The values to compare with, several where an e-mail is that of a user in each of several connections; nil when
    /// it is good as it is.
    /// - Parameter path: in API names, of users.
    /// - Throws: `ZoshError.usage` at a value that is not one e-mail or id, or that no user has.
    func meant(_ literal: Literal, by path: FieldPath, _ field: Field, _ dates: DateReader) async throws -> [Literal]? {
        guard case .string(let text) = literal.value else { return nil }
        func new(_ text: String) -> [Literal] { [Literal(.string(text), at: literal.span, dates: dates)] }
        if Self.isPerson(path, field) {
            guard text.contains("@") else {
                return try id(text, path, literal.span).map(new)
            }
            return try await people(try email(text, path, literal.span), path, literal.span).flatMap { new($0.id) }
        }
        if field.type == .email, text.contains("@") {
            let email = try email(text, path, literal.span)
            return email == text ? nil : new(email)
        }
        return try field.name == "id" ? id(text, path, literal.span).map(new) : nil
    }

    /// Whether a path leads to another user: `Reporting_To`, or into it, where Zoho shows a name and an id alone.
    static func isPerson(_ path: FieldPath, _ field: Field) -> Bool {
        field.type == .reference(Resource.users.name) || isInsideReference(path)
    }

    static func isInsideReference(_ path: FieldPath) -> Bool {
        guard path.names.count == 2, ["name", "email"].contains(path.names[1]),
            case .field(let head) = Resource.users.fieldNames.meaning(of: path.names[0])
        else { return false }
        return head.type == .reference(Resource.users.name)
    }

    /// - Throws: `ZoshError.usage` for the e-mail of a user that another one refers to: Zoho shows none there.
    static func checkIsShown(_ path: FieldPath, at span: Span?) throws {
        guard isInsideReference(path), path.names[1] == "email" else { return }
        let head = path.names[0].neutralised
        throw ZoshError(
            .usage, "Zoho shows no e-mail of \(head), only name and id", at: span,
            remedy: "compare it with one: \(head).email == ada@example.com, or read \(head).name")
    }

    /// - Returns: whether a user has the e-mail.
    /// - Throws: `ZoshError.usage` at what is not an e-mail, and at one in the line that no user has, so that every
    ///   user has another. A list from a file may well name people who are not users.
    func checkEmail(_ compared: Condition.Equality, _ literal: Literal, of path: FieldPath, _ field: Field) async throws
        -> Bool
    {
        guard field.type == .email, !Self.isInsideReference(path), let text = literal.value.comparedText,
            !text.isEmpty, values.isSignedIn
        else { return false }
        guard text.contains("@") else { throw notAnEmail(text, compared, path, literal.span) }
        guard path.names == ["email"], let email = try? WrittenEmail(text).text else { return false }
        // What is kept may be older than the person.
        for age in [Int64(3600), 30] {
            guard let people = try await values.people(within: age, at: literal.span)?.flatMap(\.self), !people.isEmpty
            else { return false }
            if people.contains(where: { EmailAddress.folded($0.email) == EmailAddress.folded(email) }) { return true }
            guard age == 30, literal.isWritten else { continue }
            throw ZoshError(
                .usage, "no user has the e-mail '\(text.brief(60))', so this condition excludes no rows",
                at: literal.span,
                remedy: Suggestion.remedy(for: email, among: people.map { $0.email.neutralised })
                    ?? "look for them: users find \(Syntax.quoted(String(email.prefix { $0 != "@" })))")
        }
        return false
    }

    private func notAnEmail(_ text: String, _ compared: Condition.Equality, _ path: FieldPath, _ span: Span)
        -> ZoshError
    {
        let people = values.kept.flatMap(\.people)
        let remedy: String? =
            if let digits = WrittenID(text).digits {
                compared.rewritten("id", digits)
            } else if people.contains(where: { $0.name == text }) {
                compared.rewritten("full_name", text)
            } else if let person = people.first(where: { $0.email.lowercased().hasPrefix(text.lowercased() + "@") }) {
                compared.rewritten(path.description, person.email)
            } else {
                compared.rewritten(path.description, "ada@example.com")
            }
        return ZoshError(
            .usage, "\(path) is compared with '\(text.brief(60))', which is not an e-mail address", at: span,
            remedy: remedy)
    }

    private func email(_ text: String, _ path: FieldPath, _ span: Span) throws -> String {
        let several = text.split { $0 == "," || $0 == ";" || $0.isWhitespace }
            .compactMap { try? WrittenEmail(String($0)).text }
        guard several.count < 2 || (try? WrittenEmail(text)) != nil else {
            throw ZoshError(
                .usage, "'\(text.brief(60))' is \(several.count) e-mails in one text", at: span,
                remedy: "\(path) in (\(several.prefix(3).joined(separator: ", "))\(several.count > 3 ? ", …" : ""))")
        }
        do { return try WrittenEmail(text).text } catch {
            throw ZoshError(.usage, error.reason.neutralised, at: span, remedy: "\(path) == ada@example.com")
        }
    }

    /// Ids with spaces around them, or several in one text.
    private func id(_ text: String, _ path: FieldPath, _ span: Span) throws -> String? {
        let written = WrittenID(text)
        if let digits = written.digits { return digits == text ? nil : digits }
        guard let several = ComparedIDs.several(text) else { return nil }
        throw ZoshError(
            .usage, "'\(text.brief(60))' is \(several.count) ids in one text", at: span,
            remedy: "\(path) in (\(several.prefix(3).joined(separator: ", "))\(several.count > 3 ? ", …" : ""))")
    }

    /// The users of the connections who have the e-mail, at most one of each.
    private func people(_ email: String, _ path: FieldPath, _ span: Span) async throws -> [Person] {
        var near: [String] = []
        // What is kept may be older than the person.
        for age in [Int64(3600), 30] {
            let places = try await values.people(within: age, at: span)
            guard let places else {
                throw ZoshError(
                    .usage, "\(path) is compared by name or id where this login may not list users", at: span,
                    remedy: "\(path.names[0]) == 'Ada Lovelace'")
            }
            var found: [Person] = []
            for people in places {
                let here = people.filter { EmailAddress.folded($0.email) == EmailAddress.folded(email) }
                guard here.count < 2 else {
                    throw ZoshError(
                        .usage, "\(here.count) users have the e-mail '\(email.neutralised)'", at: span,
                        remedy: "use the id: \(path.names[0]) == \(here[0].id)")
                }
                found += here
            }
            // A person who is known in one connection may be new in another.
            if found.count == places.count || !found.isEmpty && age == 30 { return found }
            near = places.flatMap { $0.map { $0.email.neutralised } }
        }
        throw ZoshError(
            .usage, "\(path) is compared with '\(email.neutralised)', and no user has this e-mail", at: span,
            remedy: Suggestion.remedy(for: email, among: near)
                ?? "look for them: users find \(Syntax.quoted(String(email.prefix { $0 != "@" })))")
    }
}
