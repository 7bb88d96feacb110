/// What describes an organisation: itself, its roles, its profiles and its user fields.
extension World {
    func settings(_ call: APICall, _ exchange: Exchange, in organisation: Organisation) -> Reply {
        switch call.route {
        case .organisation: return list("org", [organisation.description])
        case .listRoles: return list("roles", organisation.roles)
        case .getRole: return list("roles", call.id.flatMap(organisation.role).map { [$0] } ?? [])
        case .listProfiles:
            var body = JSONObject()
            body["profiles"] = .array(organisation.profiles.map(JSONValue.object))
            body["info"] = ["license_limit": 3]
            return .json(200, .object(body))
        case .countLicences: return licences(of: organisation)
        case .getProfile: return list("profiles", call.id.flatMap(organisation.profile).map { [$0] } ?? [])
        default: return fields(exchange, in: organisation)
        }
    }

    /// User licences, as the documentation of Features shows them (v7); no content where none are counted.
    private func licences(of organisation: Organisation) -> Reply {
        guard let limit = organisation.licences else { return .noContent }
        let used = organisation.licencesUsed
        func total(_ number: Int) -> JSONValue { ["total": .integer(number)] }
        let details: JSONValue = [
            "available_count": total(max(0, limit - used)), "used_count": total(used), "limits": total(limit),
        ]
        return .json(200, ["__features": [["api_name": "user_licenses", "details": details]]])
    }

    /// Lists of settings have no `info` and no pages; an empty one is a 204.
    private func list(_ plural: String, _ records: [JSONObject]) -> Reply {
        guard !records.isEmpty else { return .noContent }
        var body = JSONObject()
        body[plural] = .array(records.map(JSONValue.object))
        return .json(200, .object(body))
    }

    private func fields(_ exchange: Exchange, in organisation: Organisation) -> Reply {
        guard let module = exchange.query["module"] else {
            return APIFailure(
                status: 400, code: "REQUIRED_PARAM_MISSING", message: "One of the expected parameter is missing",
                details: ["param_name": "module"]
            ).reply
        }
        guard module.lowercased() == "users" else {
            return APIFailure(
                status: 400, code: "INVALID_MODULE", message: "the module name given seems to be invalid",
                details: ["api_name": "module"]
            ).reply
        }
        let base = organisation.people.id(organisation.caller) / 1_000_000_000_000 * 1_000_000_000_000
        return list("fields", DocumentedUserFields.all(base: base, custom: organisation.customFields))
    }
}
