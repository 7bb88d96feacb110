import ZoshKit

/// The people a write is about: arguments first, then the rows of the pipe.
struct UserTargets {
    /// - Throws: `ZoshError.notFound` before anything is changed when one of them does not exist.
    static func of(_ call: Call, in shell: ShellContext) async throws -> [UserTarget] {
        let names = UserNames(shell, key: try call["key"])
        var (targets, missing): ([UserTarget], [String])
        do {
            (targets, missing) = try await names.resolve(call.values("user"), isStrict: true)
        } catch var error as ZoshError {
            // A word alone in a script: it cannot be a name there.
            if let word = call.values("user").first(where: { $0.span == error.span }),
                let remedy = MisplacedWords.remedy(for: call, missing: word.text)
            {
                error.remedy = remedy
            }
            throw error
        }
        if let input = call.input {
            let more = try await names.resolve(rows: rows(of: input, key: try call["key"]), isStrict: true)
            targets += more.targets
            missing += more.missing
            // What the stages before have to say counts before the question is answered.
            let before = await input.outcome()
            for note in before.notes { shell.console.note(note) }
            if !before.missing.isEmpty { shell.console.note("Not found: \(before.missing.fewNames)") }
        }
        guard missing.isEmpty else {
            let who = missing.prefix(5).listedNames + (missing.count > 5 ? ", …" : "")
            var error = ZoshError(
                .notFound, "no such user: \(who)", consequence: ZoshError.nothingChanged,
                at: call.span(of: "user"),
                remedy: missing.lazy.compactMap { MisplacedWords.remedy(for: call, missing: $0) }.first
                    ?? MisplacedWords.remedy(forSignIn: call.values("user")))
            if error.remedy == nil {
                let hint = shell.directory.snapshot.hint(about: missing[0])
                error.remedy = hint.text(on: shell.session.fixedConnection)
                error.placedRemedy = hint
            }
            throw error
        }
        var seen: Set<String> = []
        targets = targets.filter { seen.insert($0.id).inserted }
        // Given as a variable that holds no rows is "none", as an empty pipe is; nothing typed at all is a mistake.
        guard !targets.isEmpty || call.input != nil || call.isGiven("user") else {
            throw ZoshError(
                .usage, "'\(call.signature.name)' needs users", at: call.span,
                remedy: "name them by id or e-mail, or pipe them in: users list … | \(call.signature.name)")
        }
        return targets
    }

    /// The rows of a pipe. Of Zoho's own rows only what names the user is kept, since there may be as many as an
    /// organisation has users.
    private static func rows(of input: RowStream, key: PersonKey?) async throws -> [Row] {
        var rows: [Row] = []
        var shapes: [Shape: Shape] = [:]
        let telling = Set(([Resource.users.title] + Resource.users.identity).map(\.description))
        while let page = try await input.next() {
            for row in page.rows {
                guard key == nil, row.origin == nil, !row.tellsOfChange, WrittenID(row["id"]?.text ?? "").digits != nil
                else {
                    rows.append(row)
                    continue
                }
                let shape =
                    shapes[row.shape]
                    ?? Shape(row.names.filter { PersonHeading($0) != nil || telling.contains($0) })
                shapes[row.shape] = shape
                rows.append(Row(shape: shape, values: shape.names.map { row[$0] ?? .null }))
            }
        }
        return rows
    }

    /// Hands the changes to the gate; a note says that there were no users, since no row does.
    static func apply(_ changes: [Change], for call: Call, in shell: ShellContext) async throws -> RowStream {
        let rows = try await shell.changes.apply(changes, for: call)
        // Users not found before the pipe have not been changed: the status says so, as it does without the write.
        let isIncomplete = await call.input?.outcome().missing.isEmpty == false
        if changes.isEmpty {
            var outcome = RowOutcome(notes: ["No users given; nothing changed"])
            if isIncomplete { outcome.ending = .partial }
            return RowStream(rows.columns, rows: [], outcome: outcome)
        }
        return isIncomplete ? RowStream(rows.columns, from: IncompleteRows(rows: rows)) : rows
    }

    /// What every command takes that is about users.
    @SignatureBuilder static var parameters: [Parameter] {
        Argument("user", .user, .many, "Ids, e-mails or (at the prompt) names; rows of a file (@FILE) or a pipe")
        keyOption
        FileOptions.encodingOption
    }

    /// Which of a row's two names counts when a file's ids are not Zoho's, or its e-mails are old.
    static let keyOption = Option(
        "key", .choice(PersonKey.self), "Name users by this alone where rows have both: id or email")
}

/// Rows of a write some of whose users were not found.
private struct IncompleteRows: RowSource {
    let rows: RowStream

    func next() async throws -> RowBatch? { try await rows.next() }
    func next(for demand: Demand) async throws -> RowBatch? { try await rows.next(for: demand) }

    func outcome() async -> RowOutcome {
        var outcome = await rows.outcome()
        outcome.ending = outcome.ending ?? .partial
        return outcome
    }
}
