import ZoshKit

struct AuditExport: Command {
    let signature = Signature(
        "audit export", "Write the audit log to a file that can be checked without zosh", effect: .local
    ) {
        Argument("file", .file, "The new file, one JSON object per line")
        Flag("force", "Replace an existing file")
    }
    let examples = [Example("audit export audit.ndjson", "in this folder")]

    let audit: any AuditService

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let file = FilePath.resolved(try call.require("file"))
        do {
            let end = try await audit.export(to: file, replacing: call.flag("force"))
            var outcome = RowOutcome()
            outcome.notes = [
                "The file contains people's names; to check it: audit verify FILE, or docs/check_audit.py without zosh"
            ]
            return RowStream(AuditEnd.columns, rows: [AuditEnd.row(end)], outcome: outcome)
        } catch let error as ZoshError {
            throw error.at(call.span(of: "file"))
        }
    }
}
