import ZoshKit

struct AuditVerify: Command {
    let signature = Signature(
        "audit verify", "Check that no line of the audit log, or of an export of it, was removed, altered or moved",
        effect: .local
    ) {
        Argument("file", .file, .optional, "What audit export wrote; the store's own log if left out")
        Option("head", .string, "A hash noted earlier: its line must still be there")
    }
    let examples = [
        Example("audit verify", "the whole log"), Example("audit verify audit.ndjson", "an export, without the store"),
    ]

    let audit: any AuditService

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let noted = try head(call)
        let found: AuditHead
        if let file: String = try call["file"] {
            do { found = try await audit.check(file: FilePath.resolved(file), lookingFor: noted) } catch let error
                as ZoshError
            { throw error.at(call.span(of: "file")) }
            guard found.lines > 0 else {
                throw ZoshError(
                    .refused, "the file holds no line of an audit log", at: call.span(of: "file"),
                    remedy: "export it again: audit export FILE")
            }
        } else {
            found = try await audit.check(lookingFor: noted)
        }
        var outcome = RowOutcome()
        if found.lines > 0 {
            outcome.notes = [
                noted == nil
                    ? "The chain is intact. Note this command elsewhere; it later shows whether lines were cut off or "
                        + "rewritten: audit verify --head \(found.hash)"
                    : "The chain is intact, and the noted line is in it"
            ]
        }
        return RowStream(AuditEnd.columns, rows: [AuditEnd.row(found)], outcome: outcome)
    }

    private func head(_ call: Call) throws -> String? {
        guard let text: String = try call["head"] else { return nil }
        let hash = text.lowercased()
        guard hash.utf8.count == 64, hash.allSatisfy(\.isHexDigit) else {
            throw ZoshError(
                .usage, "'\(text)' is not the hash of a line", at: call.span(of: "head"),
                remedy: "copy the 64 digits and letters that audit verify prints")
        }
        return hash
    }
}

/// The end of the log as a row.
enum AuditEnd {
    static let columns = Columns.exactly(["lines", "head"])

    static func row(_ end: AuditHead) -> Row { ["lines": .integer(end.lines), "head": .string(end.hash)] }
}
