/// Update User: one to a call up to v7, up to ten in v8's collection form, results per record.
extension World {
    func updateUser(_ call: APICall, _ exchange: Exchange, in place: Int) throws(APIFailure) -> Reply {
        try organisations[place].requireManager()
        if call.route == .updateUser {
            let draft = try UserBody.read(exchange, limit: 1)[0]
            let position = try target(call, in: organisations[place])
            try update(position, draft, number: 0, in: place)
            return .json(200, Self.success(call.id ?? "", "User updated"))
        }
        let drafts = try UserBody.read(exchange, limit: call.version == .v8 ? 10 : 1)
        var results: [JSONValue] = []
        var statuses: [Int] = []
        for (number, draft) in drafts.enumerated() {
            do throws(APIFailure) {
                let position = try target(draft, number: number, call, in: organisations[place])
                try update(position, draft, number: number, in: place)
                results.append(Self.result(String(organisations[place].people.id(position)), "User updated"))
                statuses.append(200)
            } catch {
                results.append(error.object)
                statuses.append(error.status)
            }
        }
        // The status of a mixed outcome is not documented; what succeeded makes it a 200.
        return .json(statuses.min() ?? 200, ["users": .array(results)])
    }

    /// The user a path names. A deleted one is refused as if the identifier were wrong.
    private func target(_ call: APICall, in organisation: Organisation) throws(APIFailure) -> Int {
        guard let position = call.id.flatMap({ Int($0) }).flatMap(organisation.people.position) else {
            throw invalidID(call)
        }
        guard organisation.people.traits(position).status != .deleted || call.version.isOriginal else {
            throw APIFailure(
                status: 400, code: "NOT_ALLOWED", message: "the id given seems to be invalid",
                details: ["resource_path_index": 1])
        }
        return position
    }

    /// The user a record of the collection form names.
    private func target(
        _ draft: JSONObject, number: Int, _ call: APICall, in organisation: Organisation
    ) throws(APIFailure) -> Int {
        let check = UserCheck(organisation: organisation, number: number)
        guard let id = draft["id"], !id.isNull else {
            throw check.failure("MANDATORY_NOT_FOUND", "id", "required field not found")
        }
        guard let position = id.identifier.flatMap({ Int($0) }).flatMap(organisation.people.position) else {
            var failure = check.failure("INVALID_DATA", "id", "The ID given seems to be invalid")
            if call.version.isOriginal { failure.status = 200 }
            throw failure
        }
        return position
    }

    private func update(_ position: Int, _ draft: JSONObject, number: Int, in place: Int) throws(APIFailure) {
        let organisation = organisations[place]
        let change = UserChange(organisation: organisation, position: position, draft: draft, number: number)
        let record = try change.result(now: Int(now))
        organisations[place].people.update(position, record, administrators: organisation.administrators)
        organisations[place].note(.updated, position, at: Int(now))
    }
}
