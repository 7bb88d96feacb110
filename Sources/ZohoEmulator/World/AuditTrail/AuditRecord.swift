/// One line of an organisation's audit log: who did what to which record.
struct AuditRecord: Sendable {
    enum Action: String, Sendable {
        case added = "Added"
        case updated = "Updated"
        case deleted = "Deleted"
    }

    let time: Int
    let doneBy: String
    let doneByID: Int
    let action: Action
    let recordID: Int
    let recordName: String
}

/// An export of it that was asked for.
struct AuditExportJob: Sendable {
    let id: String
    let criteria: JSONValue
    let filter: AuditFilter
    let started: Double
    /// How often the client has asked how far it is: it is finished the second time.
    var questions = 0
    var isFinished: Bool { questions > 1 }

    /// How long the link of a finished one can be used, in seconds.
    static let life = 604_800.0
}

extension Organisation {
    /// Writes down that somebody changed a user.
    mutating func note(_ action: AuditRecord.Action, _ position: Int, by actor: Int? = nil, at time: Int) {
        let actor = actor ?? caller
        auditTrail.append(
            AuditRecord(
                time: time, doneBy: people.record(actor)["full_name"]?.string ?? "", doneByID: people.id(actor),
                action: action, recordID: people.id(position),
                recordName: people.record(position)["full_name"]?.string ?? ""))
    }
}
