internal import ZoshKit

/// A session on its way into a script: every line that went well, with people by e-mail and roles by name.
///
/// What failed is kept as a comment, so that the script runs and nothing is silently missing. Lines about zosh itself
/// (logins, the store, help) are no part of the work and are left out.
actor Recording {
    private let file: RecordingFile
    private let version: String
    private var hasHeader = false
    /// Variables the script itself sets.
    private var set: Set<String> = ["it", "status"]
    private(set) var lines = 0
    /// Lines kept as comments: they failed, or cannot run again.
    private(set) var comments = 0

    var name: String { file.name }

    init(_ file: RecordingFile, version: String) {
        self.file = file
        self.version = version
    }

    /// Lines that begin with these are left out.
    private static let besideTheWork: Set<String> = [
        "record start", "record stop", "exit", "history", "help", "explain", "version", "tour", "doctor", "connections use", "vault",
        "auth", "plugins", "alias", "requires",
    ]

    func keep(_ text: String, _ status: ExitStatus, _ interpreter: Interpreter) async {
        do {
            guard let line = try await script(text, status, interpreter) else { return }
            try file.append(line)
        } catch {
            // The person's work must not fail because its recording does; `record stop` tells.
            comments += 1
        }
    }

    func end() throws { try file.end() }

    private func script(_ text: String, _ status: ExitStatus, _ interpreter: Interpreter) async throws -> String? {
        let aliases = await interpreter.session.aliases
        var text = RecordedLine.expanded(text, aliases)
        text = Abbreviations.writtenOut(text, interpreter.registry, aliases: [:])
        let plan = await interpreter.plan(Parser.parse(text), text, variables: interpreter.session.variables.names, prefixes: false)
        let commands = plan.pipelines.flatMap(\.stages).compactMap { $0.signature }
        guard !commands.contains(where: { Self.besideTheWork.contains($0.name) || Self.besideTheWork.contains($0.path[0]) }) else { return nil }
        guard plan.lines.contains(where: { !$0.statements.isEmpty && !$0.statements.allSatisfy(\.isAlias) }) || !plan.errors.isEmpty else { return nil }
        guard !SecretShape.isIn(text) else {
            comments += 1
            return "# a line was left out: it held something that looks like a secret"
        }
        guard status == .done, plan.errors.isEmpty else { return comment(text, "ended with \(status.rawValue)") }

        let shell = try await interpreter.contexts.context(needsConnection: plan.lines.contains { $0.statements.contains { $0.ownPipelines.contains(where: \.needsConnection) } }, progress: ProgressMeter())
        var head = header(shell.session.connection)
        for name in RecordedLine.variables(in: text) where !set.contains(name) {
            guard name != "last", case .value(let value)? = interpreter.session.variables[name], value.row == nil, value.list == nil else {
                return head + comment(text, "$\(name) was set before the recording")
            }
            head += "let \(name) = '\(value.text.replacing("'", with: "'\"'\"'"))'\n"
            set.insert(name)
        }
        if RecordedLine.namesSomebody(plan, text) {
            let directory = try await shell.directory.fresh(within: 3600)
            let (renamed, unknown) = Renaming.apply(to: text, plan, directory)
            guard unknown.isEmpty else { return head + comment(text, "the id \(unknown[0].text) is nobody's here") }
            text = renamed
        }
        let final = await interpreter.plan(Parser.parse(text), text, variables: interpreter.session.variables.names, prefixes: false)
        let kept = final.lines.flatMap(\.statements).compactMap(\.kept)
        text = RecordedLine.answered(text, final, interpreter.session.variables[kept.first ?? "last"])
        set.formUnion(kept)
        set.insert("last")
        lines += 1
        return head + text
    }

    /// Once, before the first line that is kept.
    private func header(_ connection: ConnectionSummary?) -> String {
        guard !hasHeader else { return "" }
        hasHeader = true
        return ScriptHeader(version: version, connection).line + "\n\n"
    }

    private func comment(_ text: String, _ reason: String) -> String {
        comments += 1
        return "# \(reason): " + text.replacing("\n", with: "\n#   ")
    }
}

extension PlannedStatement {
    fileprivate var isAlias: Bool { if case .alias = action { true } else { false } }

    /// The variable the statement sets.
    fileprivate var kept: String? {
        switch action {
        case .keep(let name, _), .keepValue(let name, _): name
        case .run, .alias: nil
        }
    }
}
