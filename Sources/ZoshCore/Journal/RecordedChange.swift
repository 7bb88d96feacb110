internal import ZoshKit

/// A change as a journal keeps it: whole, so that it can be done without asking again what led to it.
enum RecordedChange {
    /// Nil for what is not written down: connections, whose changes can hold secrets.
    static func row(_ planned: PlannedChange) -> Row? {
        let change = planned.change
        guard let operation = operation(change.operation), let subject = subject(change.subject) else { return nil }
        return [
            "subject": .row(subject), "action": .string(change.action), "operation": .row(operation),
            "after": .row(change.after),
            "undo": .row(undo(change.undo)), "blast": .integer(Int64(change.blast.rawValue)),
            "name": .string(planned.label),
        ]
    }

    static func change(_ row: Row) -> PlannedChange? {
        guard let subject = row["subject"]?.row.flatMap(subject), let action = row.string("action"),
            let operation = row["operation"]?.row.flatMap(operation),
            let blast = row["blast"]?.integer.flatMap({ Int(exactly: $0) }).flatMap(Change.BlastClass.init)
        else { return nil }
        var planned = PlannedChange(
            Change(
                subject, action: action, operation: operation, after: row["after"]?.row ?? Row(),
                undo: undo(row["undo"]?.row ?? Row()), blast: blast))
        planned.name = row.string("name")
        return planned
    }

    private static func subject(_ subject: Change.Subject) -> Row? {
        switch subject {
        case .user(let id, let seen):
            // What the gate compares, and no more of a person than that.
            ["user": .string(id), "seen": seen.map { .row(essence($0)) } ?? .null]
        case .newUser(let email): ["new_user": .string(email)]
        case .resource(let path): ["resource": .string(path)]
        default: nil
        }
    }

    private static func essence(_ seen: Row) -> Row {
        Row(["full_name", "email", "status"].compactMap { name in seen[name].map { (name, $0) } })
    }

    private static func subject(_ row: Row) -> Change.Subject? {
        if let id = row.string("user") { return .user(id: id, seen: row["seen"]?.row) }
        if let email = row.string("new_user") { return .newUser(email: email) }
        return row.string("resource").map { .resource(path: $0) }
    }

    private static func operation(_ operation: ChangeOperation) -> Row? {
        switch operation {
        case .createUser(let fields): ["create": .row(fields)]
        case .updateUser(let id, let fields): ["update": .string(id), "fields": .row(fields)]
        case .deleteUser(let id): ["delete": .string(id)]
        default: nil
        }
    }

    private static func operation(_ row: Row) -> ChangeOperation? {
        if let fields = row["create"]?.row { return .createUser(fields: fields) }
        if let id = row.string("update") { return .updateUser(id: id, fields: row["fields"]?.row ?? Row()) }
        return row.string("delete").map { .deleteUser(id: $0) }
    }

    private static func undo(_ undo: Change.Undo) -> Row {
        switch undo {
        case .restoreBefore: ["restore": true]
        case .command(let line): ["command": .string(line)]
        case .impossible(let reason): ["impossible": .string(reason)]
        }
    }

    private static func undo(_ row: Row) -> Change.Undo {
        if let line = row.string("command") { return .command(line) }
        return row.string("impossible").map { .impossible(reason: $0) } ?? .restoreBefore
    }
}
