/// The rules that a user sent by a client has to keep, whether it is new or changed.
///
/// Codes, limits and detail shapes follow the error tables of the Add User and Update User
/// documentation (v8). Invariant: what passes can be stored as it is.
struct UserCheck: Sendable {
    let organisation: Organisation
    /// The place of the record in the request's array.
    let number: Int

    private static let unsupported = ["created_by", "Modified_By", "type__s"]

    func path(_ field: String) -> JSONValue { .string("$.users[\(number)].\(field)") }

    /// A failure of one field of this record.
    func failure(
        _ code: String, _ field: String, _ message: String, _ more: KeyValuePairs<String, JSONValue> = [:]
    ) -> APIFailure {
        var details = JSONObject(more)
        details["api_name"] = .string(field)
        details["json_path"] = path(field)
        return APIFailure(status: 400, code: code, message: message, details: .object(details), collection: "users")
    }

    /// A failure of the record without details.
    func failure(_ code: String, _ message: String) -> APIFailure {
        APIFailure(status: 400, code: code, message: message, collection: "users")
    }

    /// Checks every field that is present.
    func check(_ draft: JSONObject) throws(APIFailure) {
        for field in Self.unsupported where draft[field] != nil {
            throw failure("NOT_SUPPORTED", field, "the field is not supported in this operation")
        }
        for member in draft.members { try checkText(member.key, member.value) }
        for field in organisation.customFields {
            guard let value = draft[field.name], !field.accepts(value) else { continue }
            throw failure("INVALID_DATA", field.name, "invalid data", ["expected_data_type": .string(field.expected)])
        }
        if let email = draft["email"] { try checkEmail(email) }
        for field in ["role", "profile"] {
            if let value = draft[field] { try checkReference(field, value) }
        }
        if let manager = draft["Reporting_To"], !manager.isNull { try checkManager(manager) }
        if let number = draft["number_separator"]?.string, let decimal = draft["decimal_separator"]?.string,
            number == decimal
        {
            throw failure(
                "MAPPING_MISMATCH", "decimal_separator", "number and decimal separator must differ",
                ["mapped_field": ["api_name": "number_separator", "json_path": path("number_separator")]])
        }
    }

    private func checkText(_ field: String, _ value: JSONValue) throws(APIFailure) {
        if let limit = DocumentedUserFields.limit(field), !value.isNull {
            guard let text = value.string else {
                throw failure("INVALID_DATA", field, "invalid data", ["expected_data_type": "string"])
            }
            guard text.count <= limit else {
                throw failure("INVALID_DATA", field, "invalid data", ["maximum_length": .integer(limit)])
            }
            if field.hasSuffix("_name") && text.contains(where: { "<>".contains($0) }) {
                throw failure("INVALID_DATA", field, "special characters are not allowed")
            }
        }
        guard field != "status", let values = DocumentedUserFields.values(field), !value.isNull else { return }
        guard let text = value.string, values.contains(text) else {
            throw failure(
                "INVALID_DATA", field, "invalid data", ["expected_data": .array(values.map(JSONValue.string))])
        }
    }

    private func checkEmail(_ value: JSONValue) throws(APIFailure) {
        let text = value.string ?? ""
        let halves = text.split(separator: "@", omittingEmptySubsequences: false)
        let isAddress =
            halves.count == 2 && !halves[0].isEmpty && halves[1].contains(".")
            && !halves[1].hasPrefix(".") && !halves[1].hasSuffix(".")
            && text.allSatisfy { $0.isASCII && !$0.isWhitespace && !"<>()[],;:\\\"".contains($0) }
        guard isAddress else {
            throw failure("INVALID_DATA", "email", "invalid data", ["expected_data_type": "email"])
        }
        guard halves[1].lowercased() != "zoho.com" else {
            throw failure("INVALID_DATA", "email", "Email id with zoho domain is not allowed")
        }
    }

    private func checkReference(_ field: String, _ value: JSONValue) throws(APIFailure) {
        let known = value.reference.map {
            field == "role" ? organisation.role($0) != nil : organisation.profile($0) != nil
        }
        guard known == true else { throw failure("INVALID_DATA", field, "the \(field) id given seems to be invalid") }
    }

    private func checkManager(_ value: JSONValue) throws(APIFailure) {
        guard let position = value.reference.flatMap({ Int($0) }).flatMap(organisation.people.position) else {
            throw failure("INVALID_DATA", "Reporting_To", "the id given seems to be invalid")
        }
        guard organisation.people.traits(position).status != .deleted else {
            throw failure("NOT_ALLOWED", "Reporting_To", "a deleted user cannot be reported to")
        }
    }
}

extension JSONValue {
    /// The identifier of a reference: a bare string in the documentation's samples, an object with
    /// `id` in the API description, a JSON number in either from Zoho's own SDKs; all are accepted.
    var reference: String? { identifier ?? object?["id"]?.identifier }

    /// An identifier as a string or as a whole number.
    var identifier: String? {
        switch self {
        case .string(let text): text
        case .number(let text) where text.allSatisfy { "0"..."9" ~= $0 }: text
        default: nil
        }
    }
}

extension JSONObject {
    /// Takes over what a checked draft says, with references completed and the name put together.
    mutating func apply(_ draft: JSONObject, in organisation: Organisation) {
        for member in draft.members
        where member.key != "id" && member.key != "status" && !member.key.hasPrefix("$invitation") {
            switch member.key {
            case "role": self["role"] = Self.reference(member.value.reference.flatMap(organisation.role))
            case "profile": self["profile"] = Self.reference(member.value.reference.flatMap(organisation.profile))
            case "Reporting_To":
                let position = member.value.reference.flatMap { Int($0) }.flatMap(organisation.people.position)
                let manager = position.map(organisation.people.record)
                self["Reporting_To"] =
                    manager.map { ["name": $0["full_name"] ?? .null, "id": $0["id"] ?? .null] } ?? .null
            case "reinvite": continue
            // What is not a field of a user is ignored without an error.
            default: if organisation.hasField(member.key) { self[member.key] = member.value }
            }
        }
        let names = [self["first_name"]?.string, self["last_name"]?.string].compactMap { $0 }.filter { !$0.isEmpty }
        self["full_name"] = .string(names.joined(separator: " "))
    }

    private static func reference(_ record: JSONObject?) -> JSONValue {
        record.map { ["name": $0["name"] ?? .null, "id": $0["id"] ?? .null] } ?? .null
    }

    /// Marks a change: by the caller, now, in the organisation's time.
    mutating func stamp(_ organisation: Organisation, now: Int) {
        self["Modified_By"] = organisation.callerReference
        self["Modified_Time"] = .string(organisation.time(now))
    }
}

extension Organisation {
    var callerReference: JSONValue {
        ["name": .string(account.fullName), "id": .string(String(people.id(caller)))]
    }

    /// An instant as this organisation writes it.
    func time(_ seconds: Int) -> String {
        let name = description["time_zone"]?.string
        let zone = Culture.all.first { $0.zone.name == name }?.zone ?? Culture.losAngeles
        return TimeText.rfc3339(seconds, offset: zone.offset(at: seconds))
    }

    /// How many people hold a licence.
    var licencesUsed: Int {
        (0..<people.count).reduce(0) { $0 + (people.traits($1).status == .active ? 1 : 0) }
    }

    var isFull: Bool { licences.map { licencesUsed >= $0 } ?? false }
}
