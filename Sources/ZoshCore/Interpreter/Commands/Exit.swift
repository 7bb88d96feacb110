internal import ZoshKit

struct Exit: CoreCommand {
    let signature = Signature(
        "exit", "Leave the shell, or end the script", facts: [.isBesideTheWork, .leaves], effect: .local,
        aliases: ["quit"])

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        core.runner.text.line.exit()
        return .none
    }
}
