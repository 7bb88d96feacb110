import ZoshKit
import ZoshTrust

/// Widen what a stored login may do, by a new consent for the scopes of both.
///
/// Zoho has an incremental form of this whose details its pages do not give; asking for the whole set again works with
/// every client, and the older grant is revoked once the new one is proven.
struct AuthExtend: Command {
    let signature = Signature(
        "auth extend", "Add scopes to a connection by consenting again", facts: [.isBesideTheWork],
        effect: .writesLocally
    ) {
        Argument(
            "scope", .string, .oneOrMore,
            "Scopes such as ZohoCRM.settings.roles.READ, or a preset: read-only, admin, full")
        Option("connection", .connection, "A connection; the current one if left out")
    }

    let accounts: any AccountService

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        var scopes: [Scope] = []
        for word in call.values("scope") {
            do { scopes += try ScopePreset.scopes(of: word.text) } catch { throw error.at(word.span) }
        }
        var wish = try await accounts.extending(
            try call["connection"] ?? shell.session.fixedConnection, by: scopes)
        wish.isYes = call.write.yes || shell.session.yes
        return try await signIn(
            wish, with: accounts, isDry: call.write.dryRun || shell.session.dryRun, action: "add scopes", call, shell)
    }
}
