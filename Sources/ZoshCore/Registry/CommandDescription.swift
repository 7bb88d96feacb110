internal import ZoshKit

/// A command as other programs read it: `help --json`. Names here are a contract; add, never rename.
enum CommandDescription {
    static func document(_ entries: [CommandRegistry.Entry]) -> Row {
        ["version": 1, "commands": .list(entries.map { .row(row($0)) })]
    }

    private static func row(_ entry: CommandRegistry.Entry) -> Row {
        let signature = entry.signature
        return [
            "name": .string(signature.name), "module": .string(entry.owner), "summary": .string(signature.summary),
            "usage": .string(Usage.line(signature)), "input": .string(word(signature.input)),
            "effect": .string(word(signature.effect)),
            "takes_fields": .bool(signature.takesFields), "scopes": .list(signature.scopes.map { .string($0.name) }),
            "aliases": .list(signature.aliases.map { .string($0.joined(separator: " ")) }),
            "parameters": .list(signature.allParameters.map { .row(row($0)) }),
            "examples": .list(
                entry.command.examples.map { .row(["line": .string($0.line), "meaning": .string($0.meaning)]) }),
        ]
    }

    private static func row(_ parameter: Parameter) -> Row {
        var row: Row = [
            "name": .string(parameter.name), "kind": .string(word(parameter.kind)),
            "type": .string(parameter.type.noun),
        ]
        if case .choice(let words) = parameter.type.element { row["choices"] = .list(words.map(Value.string)) }
        if case .arguments(let minimum) = parameter.kind { row["minimum"] = .integer(Int64(minimum)) }
        row["default"] = Value(parameter.defaultText)
        row["help"] = .string(parameter.help)
        return row
    }

    private static func word(_ input: Signature.Input) -> String {
        switch input {
        case .none: "none"
        case .optional: "optional"
        case .required: "required"
        }
    }

    private static func word(_ effect: Signature.Effect) -> String {
        switch effect {
        case .local: "local"
        case .reads: "reads"
        case .writes: "writes"
        case .writesLocally: "writes_locally"
        }
    }

    private static func word(_ kind: Parameter.Kind) -> String {
        switch kind {
        case .option: "option"
        case .flag: "flag"
        case .argument: "argument"
        case .optionalArgument: "optional_argument"
        case .arguments: "arguments"
        }
    }
}
