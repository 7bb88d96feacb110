import ZoshKit
import ZoshTrust

struct ConnectionsRename: Command {
    let signature = Signature("connections rename", "Give a connection another name", effect: .writesLocally) {
        Argument("connection", .connection, "Its name")
        Argument("name", .string, "The new name")
    }

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let from: String = try call.require("connection")
        let to: String = try call.require("name")
        let change = LocalChange(
            .connection(name: from), action: "rename to \(to)", operation: .renameConnection(from: from, to: to),
            shown: ["name": .string(to)], blast: .harmless)
        return try await shell.changes.apply([change], for: call)
    }
}

struct ConnectionsTag: Command {
    let signature = Signature("connections tag", "Set a connection's tags; none clears them", effect: .writesLocally) {
        Argument("connection", .connection, "Its name")
        Argument("tag", .string, .many, "Tags")
    }

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let name: String = try call.require("connection")
        let tags = call.values("tag").map(\.text)
        if let bad = tags.first(where: { $0.isEmpty || $0.contains(",") || $0.contains(":") }) {
            throw ZoshError(
                .usage, "'\(bad)' cannot be a tag", at: call.span(of: "tag"),
                remedy: "use a text without commas and colons")
        }
        return try await shell.changes.apply([change(name, "tags", tags.joined(separator: ","))], for: call)
    }
}

struct ConnectionsSet: Command {
    let signature = Signature(
        "connections set", "Protect a connection from writes, limit them, require approvals, or colour its prompt",
        effect: .writesLocally
    ) {
        Argument("connection", .connection, "Its name")
        Option("read-only", .choice(["on", "off"]), "Refuse every write on this connection")
        Option("changed-users", .integer(0...), "Users that may be changed within an hour")
        Option("changed-percent", .integer(0...100), "The same as a percentage of active users; the larger applies")
        Option("removed-users", .integer(0...), "Users that may be deactivated or deleted within an hour")
        Option("removed-percent", .integer(0...100), "The same as a percentage of active users; the larger applies")
        Option(
            "colour", .choice(ConnectionColour.allCases.map(\.rawValue) + ["none"]), "Colour of its name in the prompt")
        Option(
            "approvals", .integer(0...9),
            "Approvals needed to touch administrators, to delete, or to change more than ten users")
    }

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let name: String = try call.require("connection")
        let settings: [(key: String, value: String?)] =
            [
                ("read-only", try call["read-only"]), ("colour", try call["colour"]),
                ("approvals", try call["approvals"]),
            ] + BrakeLimits.Key.allCases.map { key in (key.rawValue, call.values(key.rawValue).last?.value.text) }
        let now = try await shell.connections.all().first { $0.name == name }
        let changes = settings.compactMap { key, value in
            value.map { change(name, key, $0, needsConfirmation: Self.needsConfirmation(key, $0, now)) }
        }
        guard !changes.isEmpty else {
            throw ZoshError(
                .usage, "'connections set' needs a setting", at: call.span,
                remedy: "connections set \(name) read-only=on")
        }
        return try await shell.changes.apply(changes, for: call)
    }

    /// Whether a person has to agree: more could be changed than now, or what is set cannot be lowered again.
    private static func needsConfirmation(_ key: String, _ value: String, _ now: ConnectionSummary?) -> Bool {
        switch key {
        case "approvals": return true
        case "read-only": return value == "off" && now?.readOnly != false
        default:
            guard let brake = BrakeLimits.Key(rawValue: key), let number = Int(value) else { return false }
            return number > now?.brakes[brake] ?? 0
        }
    }
}

private func change(
    _ connection: String, _ key: String, _ value: String, needsConfirmation: Bool = false
) -> LocalChange {
    LocalChange(
        .connection(name: connection), action: "set \(key) to \(value.isEmpty ? "nothing" : value)",
        operation: .setConnection(name: connection, key: key, value: value), shown: Row([(key, .string(value))]),
        blast: needsConfirmation ? .access : .harmless)
}
