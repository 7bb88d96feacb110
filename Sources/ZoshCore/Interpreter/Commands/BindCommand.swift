internal import ZoshKit

/// `bind` lists the keys, `bind KEY FUNCTION` binds one until the shell ends; `.editrc` binds for longer.
struct BindCommand: CoreCommand {
    let signature = Signature("bind", "Show what keys do, or bind one", effect: .local) {
        Argument("key", .string, .optional, "As ^T, or in quotes '\\et' or '\\e[24~'")
        Argument("function", .string, .optional, "Function to run; bind --functions lists them")
        Flag("functions", "List the functions")
    }

    let examples = [
        Example("bind", "the keys that are bound"),
        Example("bind ^T zosh-search", "from the next prompt on"),
        Example("bind '\\et' zosh-newline", "Alt-T; the quotes keep the backslash"),
    ]

    let keys: any KeyBinding

    func candidates(for parameter: Parameter) -> [OfferedValue]? {
        guard parameter.name == "function" else { return nil }
        return keys.functions.map { OfferedValue($0.name, $0.meaning) }
    }

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        if call.flag("functions") {
            return RowStream(
                Columns(["function", "meaning"]),
                rows: keys.functions.map { ["function": .string($0.name), "meaning": .string($0.meaning)] })
        }
        guard let key: String = try call["key"] else { return await bound(nil, core) }
        guard let function: String = try call["function"] else { return await bound(key, core) }
        if let mistake = keys.mistake(inKey: key) { throw ZoshError(.usage, mistake, at: call.span(of: "key")) }
        let names = keys.functions.map(\.name)
        guard names.contains(function) else {
            throw ZoshError(
                .usage, "no function is called '\(function)'", at: call.span(of: "function"),
                remedy: Suggestion.remedy(for: function, among: names) ?? "bind --functions")
        }
        await core.session.change { settings in
            settings.bindings.removeAll { $0[1] == key }
            settings.bindings.append(["bind", key, function])
        }
        await core.runner.text.sayHowToKeep()
        return .none
    }

    private func bound(_ key: String?, _ core: CoreContext) async -> RowStream {
        let own = await core.session.settings.bindings.map { (key: $0[1], function: $0[2]) }
        let all = keys.standard.filter { standard in !own.contains { $0.key == standard.key } } + own
        let meanings = Dictionary(keys.functions.map { ($0.name, $0.meaning) }, uniquingKeysWith: { first, _ in first })
        return RowStream(
            Columns(["key", "function", "meaning"]),
            rows: all.filter { key == nil || $0.key == key }.map {
                [
                    "key": .string($0.key), "function": .string($0.function),
                    "meaning": .string(meanings[$0.function] ?? ""),
                ]
            })
    }
}
