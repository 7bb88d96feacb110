import ZoshKit

/// Somebody a command is about: the id Zoho wants, and what the person saw when they chose them.
struct UserTarget: Sendable {
    let id: String
    /// The fields the person saw; the gate refuses when they differ from what Zoho says now.
    let seen: Row?
}

/// Turns what people type (ids, e-mails, names, rows of a pipe) into user ids.
struct UserNames {
    private let shell: ShellContext

    init(_ shell: ShellContext) { self.shell = shell }

    /// Resolves values in their order. An ambiguous name is an error; somebody unknown is named in `missing`.
    func resolve(_ values: [BoundValue]) async throws -> (targets: [UserTarget], missing: [String]) {
        var targets: [UserTarget] = []
        var missing: [String] = []
        for value in values.flatMap(Self.elements) {
            if let row = value.value.row, row["id"]?.string != nil {
                targets += try await resolve(rows: [row]).targets
            } else if Self.isID(value.text) {
                targets.append(UserTarget(id: value.text, seen: nil))
            } else if let person = try await person(value.text, at: value.span) {
                // The address is what identified them; a status kept from yesterday is not what anybody saw today.
                let seen: Row = ["id": .string(person.id), "email": .string(person.email), "full_name": .string(person.name)]
                targets.append(UserTarget(id: person.id, seen: seen))
            } else {
                missing.append(value.text)
            }
        }
        return (targets, missing)
    }

    /// Rows of a pipe: their `id`, else their `email`.
    func resolve(rows: [Row]) async throws -> (targets: [UserTarget], missing: [String]) {
        var targets: [UserTarget] = []
        var missing: [String] = []
        for row in rows {
            if let id = row["id"]?.text, !id.isEmpty {
                targets.append(UserTarget(id: id, seen: row.count > 1 ? row : nil))
            } else if let email = row["email"]?.string {
                let found = try await resolve([BoundValue(.string(email), at: Span(0, 0))])
                targets += found.targets
                missing += found.missing
            } else {
                throw ZoshError(
                    .usage, "the rows before the pipe have neither id nor email",
                    remedy: "keep one of them: … | select id | …")
            }
        }
        return (targets, missing)
    }

    /// `a@x,b@y` is what a pasted column becomes: ids and addresses hold no comma. A name may, and stays one.
    private static func elements(_ value: BoundValue) -> [BoundValue] {
        guard case .string(let text) = value.value, text.contains(",") else { return [value] }
        let parts = text.split(separator: ",").map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }
        guard parts.allSatisfy({ isID(String($0)) || $0.contains("@") && !$0.contains(" ") }) else { return [value] }
        return parts.map { BoundValue(.string(String($0)), at: value.span) }
    }

    private static func isID(_ text: String) -> Bool { text.count >= 6 && text.utf8.allSatisfy { (48...57).contains($0) } }

    /// The one person meant. Looks twice: what is kept may be from before they joined.
    private func person(_ text: String, at span: Span) async throws -> Person? {
        let isEmail = text.contains("@")
        if !isEmail, !shell.session.interactive {
            throw ZoshError(
                .usage, "'\(text)' is neither a user id nor an e-mail", at: span,
                remedy: "scripts name people by id or e-mail; names are for people at the prompt")
        }
        for age in [Int64(3600), 30] {
            let found = try await shell.directory.fresh(within: age).people(matching: text)
            if found.count > 1 {
                var error = ZoshError(
                    .usage, "'\(text)' could be \(found.count) users", at: span, remedy: "use the e-mail or the id")
                error.details = found.prefix(10).map { "\($0.name) <\($0.email)>  \($0.role)" }
                if found.count > 10 { error.details.append("and \(found.count - 10) more: users find \(text)") }
                throw error
            }
            if let person = found.first { return person }
        }
        return nil
    }
}
