import ZoshKit

/// The raw envelope of any read, for what no command covers.
struct APIGet: Command {
    let signature = Signature("api get", "Read any path of the CRM API and show the reply as it is") {
        Argument("path", .apiPath, "As in Zoho's documents: users?type=AdminUsers, /crm/v8/users, or the whole address")
        Option("api-version", .apiVersion, "Version of the CRM API to ask")
    }

    let examples = [
        Example("api get users/actions/count?type=AllUsers", "the envelope, untouched"),
        Example("api get /crm/v8/users | expand users | select email, status", "rows out of a reply"),
    ]

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let typed: String = try call.require("path")
        let place = call.span(of: "path")
        let asked = try APIPath(typed, origin: shell.session.connection?.apiDomain, at: place)
        let version: APIVersion? = try call["api-version"]
        if let version, let own = asked.version, version != own {
            throw ZoshError(
                .usage, "the path names \(own.rawValue) and --api-version names \(version.rawValue)", at: place,
                remedy: "use one of them")
        }
        let reply = try await shell.zoho.get(asked.path, query: asked.query, version: version ?? asked.version)
        switch reply.body {
        case .row(let row): return RowStream(Columns(row.names.map { FieldPath($0) }, card: true), rows: [row])
        case .list(let values): return RowStream(rows: values.map { $0.row ?? ["value": $0] })
        default: return RowStream(Columns(["status"]), rows: [["status": .integer(Int64(reply.status))]])
        }
    }
}
