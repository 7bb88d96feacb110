import ZoshKit

struct AuditShow: Command {
    let signature = Signature(
        "audit log", "Show the audit log, newest first (one line before and one after each change)",
        effect: .local
    ) {
        Option("of", .string, "Only changes made through or to this connection")
        Option("since", .date, "Only lines from this time on")
        Option("limit", .integer(1...1_000_000), default: "20", "How many lines")
    }
    let examples = [
        Example("audit log", "the last twenty lines"),
        Example("audit log | where outcome == intended | expand changes", "who or what was to be changed"),
        Example("audit log --since yesterday --limit 1000 | select at, login, command, outcome", "a day"),
    ]

    let audit: any AuditService

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let limit: Int = try call.require("limit")
        let connection: String? = try call["of"]
        let since: String? = try call["since"]
        let from = since.flatMap { Timestamp($0)?.instant }
        let lines =
            connection == nil && from == nil
            ? try await audit.lines(last: limit, where: nil)
            : try await audit.lines(last: limit) { line in
                if let connection, !Self.concerns(line, connection) { return false }
                guard let from else { return true }
                return (line.string("at").flatMap { Timestamp($0)?.instant } ?? 0) >= from
            }
        if let connection, lines.isEmpty { try await checkIsKnown(connection, call, shell) }
        return RowStream(Self.columns, rows: lines.reversed().map(Self.row))
    }

    /// - Throws: `ZoshError.notFound` for a name that no line has and no connection.
    private func checkIsKnown(_ name: String, _ call: Call, _ shell: ShellContext) async throws {
        let names = try await shell.connections.all().map(\.name)
        guard !names.contains(name), try await audit.lines(last: 1, where: { Self.concerns($0, name) }).isEmpty else {
            return
        }
        throw ZoshError(
            .notFound, "the audit log names no connection '\(name.neutralised)'", at: call.span(of: "of"),
            remedy: Suggestion.remedy(for: name, among: names)
                ?? "see which it names: audit log --limit 1000 | unique connection")
    }

    private static let columns = Columns.exactly([
        "number", "at", "outcome", "command", "rows", "connection", "job", "login", "organisation", "hash", "changes",
    ])

    private static func row(_ line: Row) -> Row {
        Row(columns.headline.map { ($0.names[0], line[$0.names[0]] ?? .null) })
    }

    /// Changes made through a connection, and changes to the stored connection itself.
    private static func concerns(_ line: Row, _ connection: String) -> Bool {
        if let name = line.string("connection") { return name == connection }
        return (line["changes"]?.list ?? []).contains {
            $0.row?.string("subject") == connection || $0.row?.string("id") == connection
        }
    }
}
