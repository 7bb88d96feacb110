internal import ZoshKit

/// `set` lists the settings, `set KEY` shows one, `set KEY VALUE` changes it until the shell ends.
struct SetCommand: CoreCommand {
    let signature = Signature("set", "Show or change a setting of this session", effect: .local) {
        Argument("key", .setting, .optional, "Which: \(Setting.allCases.map(\.rawValue).joined(separator: ", "))")
        Argument("value", .string, .optional, "What it becomes")
    }

    let examples = [
        Example("set", "all settings"),
        Example("set format json", "for the rest of the session"),
        Example("set columns email,role.name", "in tables"),
        Example("set prompt '{org} {dc}{marks}{mark} '", "until the shell ends"),
        Example("set edit-mode vi", "or emacs"),
    ]

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        let key: String? = try call["key"]
        guard let key else { return await rows(Setting.allCases, core) }
        let names = Setting.allCases.map(\.rawValue)
        guard let setting = Setting(rawValue: key.replacing("_", with: "-")) else {
            throw ZoshError(
                .usage, "there is no setting '\(key)'", at: call.span(of: "key"),
                remedy: Suggestion.remedy(for: key, among: names) ?? names.joined(separator: ", "))
        }
        guard let value: String = try call["value"] else { return await rows([setting], core) }
        if let choices = setting.choices, !choices.contains(value) {
            throw ZoshError(
                .usage, "'\(value)' is no \(setting.rawValue)", at: call.span(of: "value"),
                remedy: Suggestion.remedy(for: value, among: choices) ?? choices.joined(separator: ", "))
        }
        if let mistake = setting.mistake(in: value) {
            throw ZoshError(.usage, mistake, at: call.span(of: "value"), remedy: setting.meaning)
        }
        await core.session.change { setting.set(value, in: &$0) }
        return .none
    }

    private func rows(_ shown: [Setting], _ core: CoreContext) async -> RowStream {
        let settings = await core.session.settings
        let rows: [Row] = shown.map {
            ["setting": .string($0.rawValue), "value": .string($0.text(in: settings)), "meaning": .string($0.meaning)]
        }
        return RowStream(Columns(["setting", "value", "meaning"]), rows: rows)
    }
}
