internal import ZoshKit

struct VersionCommand: CoreCommand {
    let signature = Signature(
        "version", "Show the versions of zosh and of the API it speaks", facts: [.isBesideTheWork], effect: .local)
    let version: String

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        let row: Row = ["zosh": .string(version), "api_version": .string(shell.session.apiVersion.rawValue)]
        return RowStream(Columns(["zosh", "api_version"]), rows: [row])
    }
}
