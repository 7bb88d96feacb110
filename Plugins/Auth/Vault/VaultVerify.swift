import ZoshKit
import ZoshTrust

struct VaultVerify: Command {
    let signature = Signature(
        "vault verify", "Check everything in the store and list what is intact and what is not",
        facts: [.isBesideTheWork], effect: .local
    ) {
        Option(
            "expect", .integer(0...), "A generation noted earlier: a lower one means that an older copy was put back")
    }

    let vault: any VaultControl

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let expected: Int? = try call["expect"]
        let rows = try await vault.verify(expecting: expected.map { Int64($0) })
        var outcome = RowOutcome()
        if rows.contains(where: { $0["problem"]?.isNull == false }) {
            outcome.ending = .failed
            outcome.notes = ["To save what is intact: vault export FILE --with-grants"]
        } else if let generation = rows.first?["generation"]?.integer {
            outcome.notes = [
                "All intact at generation \(generation). Note this command elsewhere; it later detects an older copy: "
                    + "vault verify --expect \(generation)"
            ]
        }
        return RowStream(Columns(["kind", "intact", "problem", "generation"]), rows: rows, outcome: outcome)
    }
}
