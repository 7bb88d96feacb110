internal import ZoshKit

/// What every line about changes says in the audit log.
enum AuditRow {
    /// - Parameter now: seconds since 1970.
    static func row(
        _ origin: Origin, _ connection: ConnectionSummary?, job: Int?, rows: Int, outcome: String, at now: Int64
    ) -> Row {
        var row: Row = [
            "at": .string(Timestamp.rfc3339(now)), "connection": Value(connection?.name),
            "login": Value(connection?.email), "organisation": Value(connection?.orgName),
            "zgid": Value(connection?.orgID), "dc": Value(connection?.dataCentre),
            "environment": Value(connection?.environment.rawValue), "command": Value(origin.line?.text),
            "script": Value(origin.line?.place), "job": job.map { .integer(Int64($0)) } ?? .null,
            "rows": .integer(Int64(rows)), "outcome": .string(outcome),
        ]
        if origin.due != nil { row["origin"] = "timer" }
        return row
    }

    static func subject(_ planned: PlannedChange) -> Row {
        var row: Row = [
            "subject": .string(planned.label), "id": Value(planned.id), "action": .string(planned.effect.action),
        ]
        if let change = planned.change {
            row["resource"] = .string(change.resource.name)
            row["verb"] = .string(change.verb.name)
        }
        return row
    }
}
