internal import ZoshKit

/// `set` lists the settings, `set KEY` shows one, `set KEY VALUE` changes it until the shell ends.
struct SetCommand: CoreCommand {
    let signature = Signature("set", "Show or change a setting of this session", effect: .local) {
        Argument("key", .setting, .optional, "Which: \(Setting.allCases.map(\.rawValue).joined(separator: ", "))")
        Argument("value", .settingValue, .optional, "Its new value")
        Option("for", .command, "With 'columns': for tables of this command only, and in later sessions too")
    }

    let examples = [
        Example("set", "all settings"),
        Example("set format json", "for the rest of the session"),
        Example("set columns email,role.name", "in tables, csv and tsv"),
        Example("set columns full_name,email,status --for 'users list'", "a view of one command, kept"),
        Example("set prompt '{org} {dc}{marks}{mark} '", "until the shell ends"),
        Example("set edit-mode vi", "or emacs"),
    ]

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        try check(call)
        guard let setting = try setting(call) else { return try await rows(Setting.allCases, core, withViews: true) }
        if let command: String = try call["for"] { return try await view(of: command, setting, call, shell, core) }
        guard let value: String = try call["value"] else {
            return try await rows([setting], core, withViews: setting == .columns)
        }
        var written = value
        if setting == .columns, let columns = Setting.columns(value) {
            let place = call.span(of: "value")
            written = Setting.text(
                try await ColumnNames(directory: shell.directory).resolved(columns, of: nil, at: place))
        }
        await core.session.change { [written] in setting.set(written, in: &$0) }
        await core.runner.text.sayHowToKeep()
        return .none
    }

    func check(_ call: Call) throws {
        guard let setting = try setting(call), !call.isGiven("for"), let value: String = try call["value"] else {
            return
        }
        if let choices = setting.choices, !choices.contains(value) {
            throw ZoshError(
                .usage, "'\(value)' is not a valid \(setting.rawValue)", at: call.span(of: "value"),
                remedy: Suggestion.remedy(for: value, among: choices) ?? choices.joined(separator: ", "))
        }
        if let mistake = setting.mistake(in: value) {
            throw ZoshError(.usage, mistake, at: call.span(of: "value"), remedy: setting.meaning)
        }
    }

    /// The setting that is named; nil when none is.
    private func setting(_ call: Call) throws -> Setting? {
        guard let key: String = try call["key"] else { return nil }
        let names = Setting.allCases.map(\.rawValue)
        guard let setting = Setting(rawValue: key.replacing("_", with: "-")) else {
            throw ZoshError(
                .usage, "there is no setting '\(key)'", at: call.span(of: "key"),
                remedy: Suggestion.remedy(for: key, among: names) ?? names.joined(separator: ", "))
        }
        return setting
    }

    private func view(of command: String, _ setting: Setting, _ call: Call, _ shell: ShellContext, _ core: CoreContext)
        async throws -> RowStream
    {
        let place = call.span(of: "for")
        guard setting == .columns else {
            throw ZoshError(
                .usage, "only columns can be set for one command", at: place,
                remedy: "set columns a,b --for 'users list'")
        }
        let words = command.split(separator: " ").map(String.init)
        let name: String
        switch core.registry.resolve(words, spans: words.map { _ in place }, prefixes: true) {
        case .command(let entry, let count, _) where count == words.count: name = entry.signature.name
        case .command: throw ZoshError(.usage, "there is no command '\(command)'", at: place, remedy: "help")
        case .unknown(let error): throw error.at(place)
        }
        let views = core.runner.text.interpreter.tools.views
        guard let value: String = try call["value"] else {
            let columns = try views.all()[name].map(Setting.text) ?? "auto"
            return RowStream(
                Columns(["setting", "value"]),
                rows: [["setting": .string("columns for \(name)"), "value": .string(columns)]])
        }
        var columns = Setting.columns(value)
        if let given = columns {
            // A command's noun is the first word of its name.
            let noun = name.split(separator: " ").first.flatMap { Resource.named(String($0)) }
            columns = try await ColumnNames(directory: shell.directory).resolved(
                given, of: noun, at: call.span(of: "value"))
        }
        try await views.set(columns, for: name)
        return .none
    }

    private func rows(_ shown: [Setting], _ core: CoreContext, withViews: Bool) async throws -> RowStream {
        let settings = await core.session.settings
        var rows: [Row] = shown.map {
            ["setting": .string($0.rawValue), "value": .string($0.text(in: settings)), "meaning": .string($0.meaning)]
        }
        if withViews {
            rows += try core.runner.text.interpreter.tools.views.all().sorted { $0.key < $1.key }.map {
                command, columns in
                [
                    "setting": .string("columns for \(command)"), "value": .string(Setting.text(columns)),
                    "meaning": .string("a saved view; forget it with: set columns auto --for '\(command)'"),
                ]
            }
        }
        var columns = Columns(["setting", "value", "meaning"])
        columns.isReport = true
        return RowStream(columns, rows: rows)
    }
}
