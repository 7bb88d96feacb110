/// One user's change: the rules about who may be changed how, and the record it gives.
///
/// Codes follow the error table of the Update User documentation (v8).
struct UserChange: Sendable {
    let organisation: Organisation
    let position: Int
    let draft: JSONObject
    let number: Int

    private static let ownOnly = ["time_zone", "language", "name_format__s", "sort_order_preference__s"]

    private var check: UserCheck { UserCheck(organisation: organisation, number: number) }
    private var isCaller: Bool { position == organisation.caller }

    /// The changed record.
    func result(now: Int) throws(APIFailure) -> JSONObject {
        let traits = organisation.people.traits(position)
        try checkPerson(traits)
        let status = try newStatus(traits)
        if traits.status != .active && status == nil {
            throw check.failure("NOT_ALLOWED", "id", "A deactivated user cannot be updated")
        }
        for field in Self.ownOnly where draft[field] != nil && !isCaller {
            throw check.failure("NOT_ALLOWED", field, "cannot update the \(field) of another User")
        }
        for field in ["email", "role", "profile"] where draft[field] == .null {
            throw check.failure("INVALID_DATA", field, "invalid data", ["expected_data_type": "string"])
        }
        try check.check(draft)
        if let manager = draft["Reporting_To"]?.reference, manager == organisation.people.record(position)["id"]?.string
        {
            throw check.failure("INVALID_DATA", "Reporting_To", "a user cannot report to themself")
        }
        var record = organisation.people.record(position)
        try checkEmail(record, traits)
        if isCaller, let profile = draft["profile"]?.reference, profile != record["profile"]?.reference {
            throw check.failure("INVALID_REQUEST", "You cannot update your own profile")
        }
        if draft["reinvite"]?.bool == true && traits.confirmed {
            throw check.failure("INVALID_REQUEST", "A confirmed user cannot be invited again")
        }
        record.apply(draft, in: organisation)
        if let status {
            record["status"] = status == .active ? "active" : "disabled"
            record["status_reason__s"] = status == .active ? .null : "disabled manually"
            record["Status_Updated_By__s"] = organisation.callerReference
            record["Status_Updated_Time__s"] = .string(organisation.time(now))
        }
        record.stamp(organisation, now: now)
        return record
    }

    private func checkPerson(_ traits: Traits) throws(APIFailure) {
        switch traits.status {
        case .deleted: throw check.failure("CANNOT_UPDATE_DELETED_USER", "Deleted user cannot be updated")
        case .closed: throw check.failure("NOT_ALLOWED", "id", "A closed user cannot be updated")
        default: break
        }
        if ["Support User", "System User", "Digital Employee"].contains(traits.kind) {
            throw check.failure("NOT_ALLOWED", "id", "This type of user cannot be updated")
        }
    }

    /// What the draft makes of the status; `active` and `inactive` are written, `disabled` is read.
    private func newStatus(_ traits: Traits) throws(APIFailure) -> Traits.Status? {
        guard let value = draft["status"] else { return nil }
        switch value.string {
        case "active":
            guard traits.status != .active else { throw unchanged("ID_ALREADY_ACTIVE", "User is already active") }
            guard !organisation.isFull else { throw check.licenceFailure }
            return .active
        case "inactive":
            guard !isCaller else { throw check.failure("INVALID_REQUEST", "Primary contact cannot be deactivated") }
            guard traits.status == .active else {
                throw unchanged("ID_ALREADY_DEACTIVATED", "User is already deactivated")
            }
            return .disabled
        default:
            throw check.failure("INVALID_DATA", "status", "invalid data", ["expected_data": ["active", "inactive"]])
        }
    }

    /// The documented oddity: `details.id` holds a JSON path, not an identifier.
    private func unchanged(_ code: String, _ message: String) -> APIFailure {
        APIFailure(
            status: 400, code: code, message: message, details: ["id": check.path("id")], collection: "users")
    }

    private func checkEmail(_ record: JSONObject, _ traits: Traits) throws(APIFailure) {
        guard let email = draft["email"]?.string, email.lowercased() != record["email"]?.string?.lowercased() else {
            return
        }
        guard !traits.confirmed else {
            throw check.failure("EMAIL_UPDATE_NOT_ALOWED", "Email of a confirmed user cannot be updated")
        }
        guard organisation.people.position(ofEmail: email) == nil else {
            throw check.failure("DUPLICATE_DATA", "Failed to update user as the email id is already present.")
        }
    }
}
