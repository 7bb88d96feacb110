import ZoshKit

struct AuditReconcile: Command {
    let signature = Signature(
        "audit reconcile", "List changes to users, roles and profiles that were made outside zosh",
        scopes: ["ZohoCRM.settings.audit_logs.CREATE", "ZohoCRM.settings.audit_logs.READ", "ZohoFiles.files.READ"]
    ) {
        Option("since", .date, "Start time; 24 hours before the end if left out")
        Option("until", .date, "End time; now if left out")
    }
    let examples = [
        Example("audit reconcile", "what others changed since this time yesterday"),
        Example("audit reconcile --since '7d ago' | group who", "by person"),
    ]

    let audit: any AuditService

    private static let day: Int64 = 86_400
    /// Zoho's documented longest range.
    private static let longest = 180 * day

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        guard let connection = shell.session.connection else { throw ZoshError.notSignedIn }
        let end = try time("until", of: call) ?? audit.now
        let start = try time("since", of: call) ?? end - Self.day
        guard start < end else {
            throw ZoshError(.usage, "--until must be later than --since", at: call.span(of: "until"))
        }
        guard end - start <= Self.longest else {
            throw ZoshError(
                .usage, "Zoho exports at most 180 days of its audit log at once", at: call.span(of: "since"),
                remedy: "ask for a shorter time with --since and --until")
        }
        // What began longer before is not under way any more.
        let lines = try await audit.lines(last: nil) { line in
            (line.string("at").flatMap { Timestamp($0)?.instant } ?? 0) >= start - 2 * Self.day
        }
        let own = OwnChanges(lines, on: connection)
        shell.console.note("Zoho is preparing its audit log…")
        let entries = try await shell.zoho.auditLog(from: start, through: end).filter(OwnChanges.isCompared)
        let outside = own.missing(from: entries)
        var outcome = RowOutcome()
        outcome.notes = [
            entries.isEmpty
                ? "Zoho lists no changes to users, roles and profiles in this time"
                : "Zoho lists \(Self.count(entries.count)) to users, roles and profiles; \(outside.count) "
                    + "\(outside.count == 1 ? "is" : "are") not in this machine's audit log"
        ]
        return RowStream(Self.columns, rows: outside, outcome: outcome)
    }

    private static let columns = Columns.exactly(["at", "who", "action", "module", "subject", "id"])

    private static func count(_ number: Int) -> String { "\(number) change\(number == 1 ? "" : "s")" }

    private func time(_ name: String, of call: Call) throws -> Int64? {
        guard let text: String = try call[name] else { return nil }
        guard let time = Timestamp(text)?.instant else {
            throw ZoshError(
                .usage, "'\(text)' is not a date", at: call.span(of: name),
                remedy: "write a date: 2026-01-31, yesterday or '30d ago'")
        }
        return time
    }
}
