internal import ZoshKit

/// Commands as other programs read them: `help --json`. Each is its signature's form on a wire, with what only the
/// registry and the command know. Names here are a contract; add, never rename.
enum CommandDescription {
    static func document(_ entries: [CommandRegistry.Entry]) -> Row {
        ["version": 1, "commands": .list(entries.map { .row(row($0)) })]
    }

    private static func row(_ entry: CommandRegistry.Entry) -> Row {
        var row = entry.signature.wire.row ?? Row()
        row["module"] = .string(entry.owner)
        row["usage"] = .string(Usage.line(entry.signature))
        row["examples"] = .list(
            entry.command.examples.map { .row(["line": .string($0.line), "meaning": .string($0.meaning)]) })
        return row
    }
}
