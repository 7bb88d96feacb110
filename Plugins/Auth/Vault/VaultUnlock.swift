import ZoshKit
import ZoshTrust

struct VaultUnlock: Command {
    let signature = Signature(
        "vault unlock", "Open the store, and keep it open for this login session", facts: [.isBesideTheWork],
        effect: .local
    ) {
        Option("for", .string, "How long later commands can open the store without a key: 90s, 15m, 8h (at most 12h)")
    }

    let examples = [Example("vault unlock for=8h", "a day's work, with one passphrase")]

    let vault: any VaultControl

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        var seconds: Int64?
        if let text: String = try call["for"] {
            seconds = Period.seconds(text)
            guard let seconds, seconds <= 12 * 3600 else {
                throw ZoshError(
                    .usage, "'\(text)' is not a length of time up to 12h", at: call.span(of: "for"),
                    remedy: "write for=15m or for=8h")
            }
        }
        try await vault.unlock(keepingFor: seconds)
        return .none
    }
}
