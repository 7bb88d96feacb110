internal import ZoshKit

/// `help`: the commands by group, one command's page, or all of it as JSON for other programs.
struct Help: ProseCommand {
    let signature = Signature(
        "help", "List commands, or explain one", facts: [.isBesideTheWork], effect: .local
    ) {
        Argument("command", .command, .many, "A command, a group of commands, 'conditions' or 'exit-status'")
        Flag("json", "Everything, as JSON")
        Option("man", .file, "Write the man pages of zosh and of every command into this folder")
        Option("completions", .choice(CompletionScript.self), "Print the completion script of a shell")
    }

    let examples = [
        Example("help users list", "options, examples, what the login must allow"),
        Example("help conditions", "conditions for 'where' and 'assert'"),
        Example("help exit-status", "what a script can rely on"),
        Example("help --completions bash", "source it in ~/.bashrc: source <(zosh help --completions bash)"),
    ]

    let program: @Sendable () -> ProgramManual

    func wantsProse(_ call: Call, _ core: CoreContext) async -> Bool {
        if call.isGiven("man") { return false }
        if call.flag("json") || call.isGiven("completions") { return true }
        let format = await core.format
        return format == nil || format == .table
    }

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        let words = call.values("command").map(\.text)
        if let folder: String = try call["man"] { return try await pages(into: folder, call, core.registry) }
        if let script = try script(call, core.registry) {
            return RowStream(Columns(["line"]), rows: script.map { ["line": .string($0)] })
        }
        if words == ["exit-status"] {
            let rows: [Row] = HelpPage.statuses.map {
                ["status": .integer(Int64($0.status.rawValue)), "meaning": .string($0.meaning)]
            }
            return RowStream(Columns(["status", "meaning"]), rows: rows)
        }
        if Self.isAboutConditions(words) {
            let rows: [Row] = HelpPage.comparisons.map { ["condition": .string($0.0), "meaning": .string($0.1)] }
            return RowStream(Columns(["condition", "meaning"]), rows: rows)
        }
        let rows: [Row] = try entries(words, call, core.registry).map { entry in
            [
                "command": .string(entry.signature.name), "summary": .string(entry.signature.summary),
                "usage": .string(Usage.line(entry.signature)), "module": .string(entry.owner),
            ]
        }
        return RowStream(Columns(["command", "summary"]), rows: rows)
    }

    func page(_ call: Call, _ core: CoreContext) async throws -> [String] {
        if let script = try script(call, core.registry) { return script }
        let words = call.values("command").map(\.text)
        if words == ["exit-status"] { return HelpPage.exitStatus }
        if Self.isAboutConditions(words) { return HelpPage.conditions }
        let entries = try entries(words, call, core.registry)
        if call.flag("json") { return [JSONWriter.text(.row(CommandDescription.document(entries)), indent: 2)] }
        if words.isEmpty { return HelpPage.overview(entries) }
        return entries.count == 1 ? HelpPage.command(entries[0]) : HelpPage.group(words.joined(separator: " "), entries)
    }

    private func script(_ call: Call, _ registry: CommandRegistry) throws -> [String]? {
        guard let shell: String = try call["completions"] else { return nil }
        return CompletionScript(rawValue: shell)?.lines(CompletionTable(registry, program()))
    }

    /// Writes every page; what is there already is replaced only if it is a file.
    private func pages(into folder: String, _ call: Call, _ registry: CommandRegistry) async throws -> RowStream {
        let pages = ManualPages(registry: registry, program: program()).all
        do {
            for page in pages {
                let draft = try FileDraft("\(folder)/\(page.file)", .replace)
                do {
                    try await draft.write(Array(page.text.utf8))
                    try await draft.commit()
                } catch {
                    await draft.discard()
                    throw error
                }
            }
        } catch let error as ZoshError { throw error.at(call.span(of: "man")) }
        let row: Row = ["folder": .string(folder), "pages": .integer(Int64(pages.count))]
        return RowStream(Columns(["folder", "pages"]), rows: [row])
    }

    private static func isAboutConditions(_ words: [String]) -> Bool {
        words.count == 1 && ["condition", "conditions", "operators", "expressions"].contains(words[0])
    }

    /// The commands meant by the words; all of them when there are none.
    private func entries(_ words: [String], _ call: Call, _ registry: CommandRegistry) throws -> [CommandRegistry.Entry]
    {
        if words.isEmpty { return registry.entries }
        let group = registry.entries.filter { $0.signature.path.starts(with: words) }
        if let entry = registry.entry(at: words), group.count <= 1 { return [entry] }
        if !group.isEmpty { return group }
        switch registry.resolve(words, spans: call.values("command").map(\.span), prefixes: true) {
        case .command(let entry, let count, _) where count == words.count: return [entry]
        case .command(_, let count, _):
            throw ZoshError(
                .notFound, "no help for '\(words.joined(separator: " "))'", at: call.values("command")[count].span,
                remedy: "help \(words.prefix(count).joined(separator: " "))")
        case .unknown(let error): throw error
        }
    }
}
