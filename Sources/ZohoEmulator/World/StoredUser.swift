/// A user kept as a JSON object, with the traits that listings filter by read from it once.
struct StoredUser: Sendable {
    let record: JSONObject
    let id: Int
    let traits: Traits

    /// `administrators` are the identifiers of the profiles that administer; a profile called
    /// Administrator always does.
    init(_ record: JSONObject, administrators: Set<Int>) {
        self.record = record
        id = record["id"]?.string.flatMap(Int.init) ?? 0
        let profile = record["profile"]?.object
        let profileID = profile?["id"]?.string.flatMap(Int.init) ?? 0
        traits = Traits(
            status: (record["status"]?.string).flatMap { $0 == "inactive" ? .disabled : Traits.Status(rawValue: $0) }
                ?? .active,
            confirmed: record["confirm"]?.bool ?? false,
            administrator: administrators.contains(profileID) || profile?["name"]?.string == "Administrator",
            role: record["role"]?.object?["id"]?.string.flatMap(Int.init) ?? 0,
            modified: (record["Modified_Time"]?.string).flatMap(TimeText.seconds) ?? 0,
            kind: record["type__s"]?.string ?? "Regular User")
    }
}
