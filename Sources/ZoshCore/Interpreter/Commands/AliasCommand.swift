internal import ZoshKit

/// `alias` lists what is defined; `alias NAME = PIPELINE` defines and is read by the parser.
struct AliasCommand: CoreCommand {
    let signature = Signature(
        "alias", "Show your own short names, or define one: alias NAME = PIPELINE",
        facts: [.isBesideTheWork, .defines], effect: .local
    ) {
        Argument("name", .alias, .optional, "Only this one")
        Flag("remove", "Forget it")
    }

    let examples = [Example("alias admins = users list type=AdminUsers", "then: admins | count")]

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        let aliases = await core.session.aliases
        let name: String? = try call["name"]
        if let name, aliases[name] == nil {
            throw ZoshError(
                .notFound, "there is no alias '\(name)'", at: call.span(of: "name"),
                remedy: Suggestion.remedy(for: name, among: aliases.keys.sorted()) ?? "alias")
        }
        if call.flag("remove") {
            guard let name else {
                throw ZoshError(
                    .usage, "'alias --remove' needs a name", at: call.span, remedy: "alias --remove NAME")
            }
            await core.session.set(alias: name, to: nil)
            return .none
        }
        let shown = aliases.filter { name == nil || $0.key == name }.sorted { $0.key < $1.key }
        return RowStream(
            Columns(["alias", "meaning"]), rows: shown.map { ["alias": .string($0.key), "meaning": .string($0.value)] })
    }
}
