internal import ZoshKit

/// The request that the resource table describes for a change.
enum WriteRequest {
    /// - Throws: `ZoshError` when the table has no such verb, or an id cannot be one of Zoho's.
    static func request(for change: Change, version: APIVersion) throws(ZoshError) -> CRMRequest {
        guard let write = change.write else {
            throw ZoshError(.refused, "zosh cannot \(change.verb.name) \(change.resource.name)")
        }
        var body: Row?
        if let envelope = write.envelope { body = Row([(envelope, .list([.row(change.fields)]))]) }
        return CRMRequest(
            method: method(write.method), version: version, path: try path(write.path, for: change),
            query: ListQuery(change.parameters).sorted, body: body, scope: change.resource.scopes[change.verb])
    }

    /// The path with the ids of the record and of what it belongs to in the place of their names.
    static func path(_ template: String, for change: Change) throws(ZoshError) -> String {
        var ids = change.within
        ids["id"] = change.id
        var path = ""
        for piece in template.split(separator: "/") {
            guard piece.hasPrefix("{"), piece.hasSuffix("}") else {
                path += "/\(piece)"
                continue
            }
            let name = String(piece.dropFirst().dropLast())
            guard let id = ids[name] else {
                throw ZoshError(.bug, "the path \(template) needs a value for \(name)")
            }
            guard ZohoID.isID(id) else {
                let noun = name == "id" ? change.resource.noun : name
                throw ZoshError(.notFound, "'\(PlainText.shown(id, limit: 40))' is not a \(noun) id")
            }
            path += "/\(URLText.escaped(id))"
        }
        return path
    }

    private static func method(_ method: Write.Method) -> HTTPCall.Method {
        switch method {
        case .post: .post
        case .put: .put
        case .patch: .patch
        case .delete: .delete
        }
    }
}
