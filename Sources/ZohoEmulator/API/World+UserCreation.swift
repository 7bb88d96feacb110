/// Add User: one to a call, invited by e-mail, active at once and unconfirmed.
extension World {
    func createUser(_ call: APICall, _ exchange: Exchange, in place: Int) throws(APIFailure) -> Reply {
        let organisation = organisations[place]
        try organisation.requireManager()
        let draft = try UserBody.read(exchange, limit: 1)[0]
        try check(new: draft, call, in: organisation)
        let seconds = Int(now)
        let id = organisations[place].people.add(administrators: organisation.administrators) { id in
            Self.newUser(id, draft, in: organisation, now: seconds)
        }
        if let position = organisations[place].people.position(ofID: id) {
            organisations[place].note(.added, position, at: seconds)
        }
        return .json(201, Self.success(String(id), "User added"))
    }

    private func check(new draft: JSONObject, _ call: APICall, in organisation: Organisation) throws(APIFailure) {
        let check = UserCheck(organisation: organisation, number: 0)
        if organisation.description["type"]?.string?.lowercased() == "sandbox" {
            throw check.failure("NOT_ALLOWED", "Users cannot be added in a sandbox")
        }
        let name = call.version.isOriginal ? "last_name" : "first_name"
        for field in [name, "email", "role", "profile"]
        where draft[field] == nil || draft[field] == .null || draft[field] == "" {
            throw check.failure("MANDATORY_NOT_FOUND", field, "required field not found")
        }
        try check.check(draft)
        let email = draft["email"]?.string ?? ""
        let isAbroad = organisations.contains {
            $0.dataCentre != organisation.dataCentre && $0.people.position(ofEmail: email) != nil
        }
        if isAbroad {
            throw check.failure("INVALID_DATA", "Email id is registered in another data center")
        }
        guard organisation.people.position(ofEmail: email) == nil else {
            throw check.failure("DUPLICATE_DATA", "Failed to add user as the email id is already present.")
        }
        guard !organisation.isFull else { throw check.licenceFailure }
    }

    private static func newUser(_ id: Int, _ draft: JSONObject, in organisation: Organisation, now: Int) -> JSONObject {
        let time = JSONValue.string(organisation.time(now))
        let zone = Culture.losAngeles
        var user = JSONObject([
            "country": .null, "role": .null, "city": .null, "language": "en_US", "locale": "en_US", "microsoft": false,
            "Isonline": false, "Modified_By": organisation.callerReference, "$shift_effective_from": .null,
            "$current_shift": .null, "$next_shift": .null, "street": .null, "Currency": "USD", "alias": .null,
            "id": .string(String(id)), "state": .null, "fax": .null, "country_locale": "en_US",
            "sandboxDeveloper": false, "first_name": .null, "email": .null, "Reporting_To": .null, "zip": .null,
            "status_reason__s": .null, "decimal_separator": "Period", "number_separator": "Comma",
            "created_time": time, "website": .null, "Modified_Time": time, "time_format": "hh:mm a",
            "offset": .integer(zone.standard * 1000), "profile": .null, "mobile": .null, "last_name": .null,
            "time_zone": .string(zone.name), "created_by": organisation.callerReference, "zuid": .null,
            "confirm": false, "full_name": .null, "territories": .array([]), "phone": .null, "dob": .null,
            "date_format": "MMM d, yyyy", "status": "active", "type__s": "Regular User", "ezuid": .null,
            "image_link": .null, "share_among_subordinates": false, "imap_status": false,
            "distance_preference__s": "Kilometers", "rtl_enabled": false, "telephony_enabled": false,
            "Status_Updated_By__s": .null, "Status_Updated_Time__s": .null,
            "Invited_By__s": organisation.callerReference, "Invited_Time__s": time, "Confirmed_Time__s": .null,
        ])
        user.apply(draft, in: organisation)
        return user
    }

    /// The result of a write that worked.
    static func success(_ id: String, _ message: String) -> JSONValue {
        .object(APIFailure.wrapped("users", result(id, message)))
    }

    static func result(_ id: String, _ message: String) -> JSONValue {
        ["code": "SUCCESS", "details": ["id": .string(id)], "message": .string(message), "status": "success"]
    }
}

extension UserCheck {
    var licenceFailure: APIFailure {
        failure("LICENSE_LIMIT_EXCEEDED", "Request exceeds your license limit. Need to upgrade in order to add")
    }
}

extension Organisation {
    /// Fails unless the caller may manage users.
    func requireManager() throws(APIFailure) {
        if trialHasExpired { throw .notAuthorized("update") }
        guard !missingPermissions.contains("Crm_Implied_Manage_Users") else {
            throw .noPermission("Crm_Implied_Manage_Users")
        }
    }

    /// Fails unless the caller may see users.
    func requireReader() throws(APIFailure) {
        if trialHasExpired { throw .notAuthorized("read") }
        guard !missingPermissions.contains("Crm_Implied_View_Users") else {
            throw .noPermission("Crm_Implied_View_Users", "Permission denied to read")
        }
    }
}
