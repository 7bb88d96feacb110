import ZoshKit

/// The raw envelope of any read, for what no command covers.
struct APIGet: Command {
    let signature = Signature("api get", "Read any path of the CRM API and show the reply as it is") {
        Argument("path", .string, "Below /crm/{version}, with or without a query: users?type=AdminUsers")
        Option("api-version", .apiVersion, "Version of the CRM API to ask")
    }

    let examples = [Example("api get users/actions/count?type=AllUsers", "the envelope, untouched")]

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let text: String = try call.require("path")
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let query = parts.count > 1 ? parts[1].split(separator: "&").map(Self.pair) : []
        let reply = try await shell.zoho.get(String(parts[0]), query: query, version: try call["api-version"])
        switch reply.body {
        case .row(let row): return RowStream(Columns(row.names.map { FieldPath($0) }, card: true), rows: [row])
        case .list(let values): return RowStream(rows: values.map { $0.row ?? ["value": $0] })
        default: return RowStream(Columns(["status"]), rows: [["status": .integer(Int64(reply.status))]])
        }
    }

    private static func pair(_ text: Substring) -> (name: String, value: String) {
        let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (name: String(halves[0]), value: halves.count > 1 ? String(halves[1]) : "")
    }
}
