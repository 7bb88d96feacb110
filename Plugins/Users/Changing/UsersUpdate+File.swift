import ZoshKit

/// A file that says in each row whom to change and to what.
extension UsersUpdate {
    func run(_ call: Call, fromFile path: String, in shell: ShellContext) async throws -> RowStream {
        guard call.input == nil else {
            throw ZoshError(
                .usage, "'users update' cannot take users from a file and from a pipe", at: call.span(of: "from"),
                remedy: "leave out --from or the pipe")
        }
        let fields = UserFields(shell)
        let forAll = try await fields.resolve(call.fields)
        let span = call.span(of: "from")
        var reader = UserRows(
            fields, .update, ignoresColumns: call.flag("ignore-columns"),
            cleared: try await fields.cleared(call.values("clear"), of: "a user"), at: span)
        var rows: [UserRows.UserRow]
        do {
            rows = try await reader.read(
                try await shell.files.rows(at: path, FileOptions(encoding: try call["encoding"])))
        } catch let error as ZoshError { throw error.at(span) }
        var (targets, problems) = try await UserNames(shell, key: try call["key"]).users(of: rows.map(\.row))
        problems.add(contradictions(among: rows, of: targets.map { $0?.id }))
        try reader.checkAll(and: problems)
        try add(forAll, to: &rows, call)
        let addresses = rows.contains { $0.sent["email"] != nil } ? try await TakenAddresses.holders(call, shell) : [:]
        let silent = rows.count { $0.sent.count == 0 }
        if silent > 0 {
            let rows = silent == 1 ? "1 row changes" : "\(silent) rows change"
            shell.console.note("\(rows) nothing; --clear FIELD empties a field whose cell is empty")
        }
        let changes = zip(targets, rows).compactMap { target, row -> Change? in
            // A row that leaves every cell empty asks for nothing.
            guard let target, row.sent.count > 0 else { return nil }
            let holder = row.sent["email"]?.string.map(EmailAddress.folded).flatMap { addresses[$0] }
            return Change(
                .update, .users, .existing(id: target.id), seen: target.seen, holder: holder, fields: row.sent,
                shown: row.shown, action: "update \(row.sent.names.joined(separator: ", "))")
        }
        return try await UserTargets.apply(changes, for: call, in: shell)
    }

    /// Rows that give one user different values of one field: which is meant cannot be known.
    private func contradictions(among rows: [UserRows.UserRow], of ids: [String?]) -> RowProblems {
        var problems = RowProblems()
        var first: [String: UserRows.UserRow] = [:]
        for (id, row) in zip(ids, rows) {
            guard let id else { continue }
            guard let other = first[id] else {
                first[id] = row
                continue
            }
            let fields = row.sent.names.filter { field in
                guard let mine = row.sent[field], let theirs = other.sent[field] else { return false }
                return !Resource.users.isSame(mine, theirs, field: field)
            }
            guard !fields.isEmpty else { continue }
            problems.add(
                "the same user is in \(other.place), with different values of \(fields.joined(separator: ", "))",
                at: row.row.origin, row: row.number)
        }
        return problems
    }

    /// Values on the line are for every row.
    private func add(_ forAll: UserFields.Resolved, to rows: inout [UserRows.UserRow], _ call: Call) throws {
        for index in rows.indices {
            for (name, value) in forAll.sent.fields {
                guard rows[index].sent[name] == nil else {
                    throw ZoshError(
                        .usage, "\(name) is given on the line and in the file", at: call.span,
                        remedy: "keep one of them")
                }
                rows[index].sent[name] = value
                rows[index].shown[name] = forAll.shown[name]
            }
        }
    }
}
