import ZoshKit
import ZoshTrust

struct VaultLock: Command {
    let signature = Signature(
        "vault lock", "Close the store and wipe its key, here and in the login session", facts: [.isBesideTheWork],
        effect: .local
    ) {
        Option("after", .string, "Lock automatically after this idle time: 15m, 2h, never")
    }

    let examples = [Example("vault lock after=15m", "from now on, lock an idle shell after a quarter of an hour")]

    let vault: any VaultControl

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        guard let text: String = try call["after"] else {
            try await vault.lock()
            return .none
        }
        let seconds = Period.seconds(text)
        guard seconds != nil || text == "never" else {
            throw ZoshError(
                .usage, "'\(text)' is not a length of time", at: call.span(of: "after"),
                remedy: "write after=15m, after=2h or after=never")
        }
        try await vault.setAutoLock(after: seconds)
        return .none
    }
}

/// A length of time as people write it: `90s`, `15m`, `8h`.
enum Period {
    /// Nil for anything else, and for no time at all.
    static func seconds(_ text: String) -> Int64? {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600]
        guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()),
            (1...100_000).contains(count)
        else { return nil }
        return count * unit
    }
}
