/// Delete User: one to a call; the deleted stay listed under `type=DeletedUsers`.
extension World {
    func deleteUser(_ call: APICall, _ exchange: Exchange, in place: Int) throws(APIFailure) -> Reply {
        let organisation = organisations[place]
        try organisation.requireManager()
        let id = if let id = call.id { id } else { try idInBody(exchange) }
        guard let position = Int(id).flatMap(organisation.people.position) else { throw invalidID(call) }
        try checkDeletion(position, id, in: organisation)
        var record = organisation.people.record(position)
        record["status"] = "deleted"
        record.stamp(organisation, now: Int(now))
        organisations[place].people.update(position, record, administrators: organisation.administrators)
        organisations[place].note(.deleted, position, at: Int(now))
        return .json(200, Self.success(id, "User deleted"))
    }

    /// Kaizen #51 also describes a DELETE with the identifier in the body, for v2.
    private func idInBody(_ exchange: Exchange) throws(APIFailure) -> String {
        let draft = try UserBody.read(exchange, limit: 1)[0]
        guard let id = draft["id"]?.string else {
            throw UserCheck(organisation: organisations[0], number: 0)
                .failure("MANDATORY_NOT_FOUND", "id", "required field not found")
        }
        return id
    }

    private func checkDeletion(_ position: Int, _ id: String, in organisation: Organisation) throws(APIFailure) {
        let check = UserCheck(organisation: organisation, number: 0)
        let traits = organisation.people.traits(position)
        if position == organisation.caller {
            throw check.failure("INVALID_REQUEST", "Primary contact cannot be deleted.")
        }
        if traits.status == .deleted {
            throw APIFailure(
                status: 400, code: "ID_ALREADY_DELETED", message: "User is already deleted.",
                details: ["id": .string(id), "json_path": check.path("id")], collection: "users")
        }
        if traits.status == .closed {
            throw APIFailure(status: 403, code: "PERMISSION_DENIED", message: "A closed user cannot be deleted")
        }
        if ["Support User", "System User", "Digital Employee"].contains(traits.kind) {
            throw APIFailure(
                status: 400, code: "NOT_ALLOWED", message: "This type of user cannot be deleted",
                details: ["resource_path_index": 1])
        }
    }
}
