internal import ZoshKit

/// A session on its way into a script: every line that went well, with people by e-mail and roles by name.
///
/// What failed is kept as a comment, so that the script runs and nothing is silently missing; so is what ran in another
/// connection than the one the recording began in, because a replay would do it here. Lines about zosh itself (logins,
/// the store, help) are no part of the work and are left out.
actor Recording: LineListener {
    /// What was written, and what is known of it.
    private struct Written {
        /// Variables whose value a line above sets.
        var set: Set<String> = ["it"]
        /// Variables that hold ids, by whose they are.
        var standIns = StandIns()
        var summary = RecordingSummary()
    }

    private let file: RecordingFile
    private let place: ConnectionSummary
    private let interpreter: Interpreter
    private var written = Written()
    /// Whether the last line ended in the recording's own connection.
    private var isHere = true

    var name: String { file.name }

    /// - Parameters:
    ///   - place: where the script will belong.
    ///   - interpreter: what runs the lines.
    init(_ file: RecordingFile, of place: ConnectionSummary, by interpreter: Interpreter, version: String) throws {
        self.file = file
        self.place = place
        self.interpreter = interpreter
        do { try file.append(ScriptHeader(version: version, place).line + "\n") } catch {
            file.discard()
            throw error
        }
    }

    func end() throws -> RowStream {
        try file.end()
        let summary = written.summary
        let row: Row = [
            "file": .string(name), "lines": .integer(Int64(summary.lines)),
            "comments": .integer(Int64(summary.comments)),
        ]
        return RowStream(
            Columns(["file", "lines", "comments"]), rows: [row], outcome: RowOutcome(notes: summary.notes(for: name)))
    }

    func keep(_ text: String, _ ran: RanLine, progress: ProgressMeter) async {
        let before = written
        let line = TypedLine(
            RecordedLine.writtenOut(text, await interpreter.session.aliases, interpreter.registry), interpreter)
        var script: String?
        do {
            script = try await self.script(line, ran, progress)
        } catch {
            // The person's work must not fail because its recording does.
            written = before
            script = comment(line, "could not be recorded (\(ZoshError.placed(error, at: Span(0, 0)).problem))")
        }
        if let found = script, Self.holdsSecret(found) {
            // Whatever it would have set is not set in the script.
            written = before
            written.summary.comments += 1
            forget(line)
            script = "# a line was left out: it held something that looks like a secret"
        }
        guard let script else { return }
        do { try file.append(script) } catch { written.summary.lost += 1 }
    }

    private func script(_ line: TypedLine, _ ran: RanLine, _ progress: ProgressMeter) async throws -> String? {
        let shell = try await interpreter.contexts.context(needsConnection: false, progress: progress)
        let now = await connection(shell)
        defer { tell(now, shell.console) }
        guard ran.keepsConnection else {
            forget(line)
            return line.isBesideTheWork
                ? "# the session continues in \(now)" : comment(line, "chose another connection")
        }
        guard !line.isBesideTheWork else {
            forget(line)
            return nil
        }
        guard now == place.name else { return comment(line, "ran in \(now)") }
        guard ran.isWhole else { return comment(line, "began the recording") }
        guard ran.status == .done, line.plan.errors.isEmpty else {
            return comment(line, "ended with \(ran.status.rawValue)")
        }
        guard !line.writesElsewhere else { return comment(line, "ran in other connections") }
        guard !line.namesJob else { return comment(line, "names a job of this machine") }
        guard !line.isAboutPlan else { return comment(line, "made or applied a plan") }
        guard !line.isPartlyBesideTheWork else { return comment(line, "cannot be part of a script") }
        return try await command(line, shell)
    }

    /// The line as a command of the script.
    private func command(_ line: TypedLine, _ shell: ShellContext) async throws -> String {
        let variables = interpreter.session.variables
        let allowed = RunAllowance(await interpreter.session.settings)
        var text = line.text
        var head = ""
        var named: [String] = []
        for name in Syntax.variables(in: line.text) where !written.set.contains(name) {
            guard !Syntax.ownVariables.contains(name), case .value(let value)? = variables[name], value.row == nil,
                value.list == nil
            else {
                return comment(line, "no line above sets $\(name)")
            }
            head += "let \(name) = \(Syntax.quoted(value.text, .single))\n"
            named.append(name)
        }
        text = try await withoutNames(text, line, shell)
        text = head + text
        var plan = TypedLine.plan(of: text, interpreter, variables.names)
        if RecordedLine.needsDirectory(plan, text) {
            let directory = try await shell.directory.fresh(within: 3600)
            let taken = variables.names
            var lookups: [String] = []
            let (renamed, unknownIDs) = Renaming.apply(to: text, plan, directory) { record in
                guard let command = interpreter.registry.lookup(of: record.resource) else { return nil }
                let (name, isNew) = written.standIns.name(for: record, besides: taken)
                if isNew { lookups.append(record.lookup(into: name, by: command.signature)) }
                return name
            }
            plan = TypedLine.plan(of: renamed, interpreter, variables.names.union(written.standIns.names))
            text = RecordedLine.answered(renamed, plan, line.shown(variables), allowed)
            let notes = unknownIDs.map {
                "# no user, role or profile here has the id \($0.text); it is left as it is"
            }
            text = (notes + lookups + [text]).joined(separator: "\n")
            written.summary.unknownIDs.formUnion(unknownIDs.map(\.text))
        } else {
            text = RecordedLine.answered(text, plan, line.shown(variables), allowed)
        }
        written.set.formUnion(Syntax.ownVariables.union(named + line.kept))
        written.standIns.forget(line.kept)
        written.summary.lines += 1
        if plan.pipelines.contains(where: \.runsPrograms) { written.summary.runsPrograms = true }
        return text
    }

    /// The line with the e-mail in the place of a variable that a line above set to a user's name: a script cannot be
    /// asked which user a name means. The variable keeps the name, which another line may need.
    private func withoutNames(_ text: String, _ line: TypedLine, _ shell: ShellContext) async throws -> String {
        let variables = interpreter.session.variables
        let uses = TypedLine.plan(of: text, interpreter, variables.names).personVariables.compactMap {
            use -> (span: Span, text: String)? in
            // What the line itself sets may have meant another user before.
            guard written.set.contains(use.name), !line.kept.contains(use.name),
                case .value(.string(let name))? = variables[use.name], !name.contains("@")
            else { return nil }
            return (use.span, name)
        }
        guard !uses.isEmpty else { return text }
        let directory = try await shell.directory.fresh(within: 3600)
        return TextEdit.apply(
            uses.compactMap { use in
                let found = directory.people(matching: use.text).filter { $0.id != use.text }
                guard found.count == 1, !found[0].email.isEmpty else { return nil }
                return (use.span, Syntax.quoted(found[0].email))
            }, to: text)
    }

    /// What a line that is not in the script set, no line of the script sets.
    private func forget(_ line: TypedLine) {
        written.set.subtract(line.kept)
        written.set.subtract(Syntax.ownVariables)
        written.standIns.forget(line.kept)
    }

    private func comment(_ line: TypedLine, _ reason: String) -> String {
        forget(line)
        written.summary.comments += 1
        // By scalars: a carriage return and the line break behind it are one character.
        let lines = line.text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        return "# \(reason): " + lines.joined(separator: "\n#   ")
    }

    // MARK: Where the session is

    /// The name of the connection the session is in; that of the recording only while it is the same organisation.
    private func connection(_ shell: ShellContext) async -> String {
        guard let now = shell.session.connection else { return await interpreter.session.connectionName ?? place.name }
        guard now.name == place.name else { return now.name }
        let isSame =
            now.orgID == place.orgID && now.dataCentre == place.dataCentre && now.environment == place.environment
        return isSame ? now.name : "another organisation (\(now.orgID))"
    }

    /// Said at once, since a person who goes elsewhere may believe it to be recorded.
    private func tell(_ now: String, _ console: any Console) {
        guard isHere != (now == place.name) else { return }
        isHere.toggle()
        console.note(
            isHere
                ? "Recording continues"
                : "The recording belongs to \(place.name): lines run in \(now) are recorded as comments; to continue: "
                    + "use \(Syntax.quoted(place.name))"
        )
    }

    /// Looked for in everything that is written, however it was quoted.
    private static func holdsSecret(_ text: String) -> Bool {
        if SecretShape.isIn(text) { return true }
        return Lexer.lex(text).tokens.contains { token in
            if case .word(let word) = token.kind {
                SecretShape.isIn(word.fragments.map(\.text).joined())
            } else {
                false
            }
        }
    }
}
