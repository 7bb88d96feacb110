internal import ZoshKit

/// A record that came to be since a request to add it left, whose reply is not known.
struct AddedRecord {
    /// The clocks of two machines may differ by this much; seconds.
    static let skew: Int64 = 600

    let id: String?
    /// The id of the user who added it; nil where Zoho does not tell.
    private let creator: String?

    /// - Returns: nil for a record that was there before, and where Zoho does not show when it was added.
    init?(_ row: Row, of resource: Resource, after since: Int64) {
        // Roles have the name with a suffix (Get Roles documentation).
        let time = row.string("created_time") ?? row.string("created_time__s")
        guard let created = time.flatMap({ Timestamp($0)?.instant }), created >= since - Self.skew else { return nil }
        id = row.string("id")
        creator = row["created_by.id" as FieldPath].string ?? row["created_by__s.id" as FieldPath].string
    }

    func isMade(by session: SessionSnapshot) -> Bool { creator == nil || creator == session.connection?.userID }

    /// The line that shows whether what a change adds is there, in the organisation where it was to be added.
    static func check(_ change: Change, in session: SessionSnapshot) -> String {
        let resource = change.resource
        let (field, name) = change.id.map { ("id", $0) } ?? (resource.handle.description, change.label)
        let place = session.fixedConnection.map { "on \($0) " } ?? ""
        return "\(place)\(resource.name) list | where \(field) == \(name)".neutralised
    }
}
