extension Signature.Input: WireWord {}
extension Signature.Effect: WireWord {}
extension Signature.Fact: WireWord {}

extension Signature: WireForm {
    /// What `help --json` shows of a command. Names here are a contract; add, never rename.
    public var wire: Value {
        .row([
            "name": .string(name), "summary": .string(summary), "input": .string(input.word),
            "effect": .string(effect.word), "takes_fields": .bool(takesFields),
            "scopes": .texts(scopes.map(\.name)), "aliases": .texts(aliases.map { $0.joined(separator: " ") }),
            "facts": .texts(facts.map(\.word).sorted()), "rows": rows?.wire ?? .null,
            "fields": Value(fields?.name), "parameters": .list(allParameters.map(\.wire)),
        ])
    }

    /// The options of the gate may be among the parameters or be left out: every command that writes has them.
    public init(wire: Value) throws(ZoshError) {
        let fields = try WireFields(wire, of: "signature")
        let name = try fields.required("name", try fields.text("name"))
        guard name.contains(where: { $0 != " " }) else { throw fields.mismatch("name") }
        let effect: Effect = try fields.required("effect", try fields.word("effect"))
        let facts: [Fact] = try fields.words("facts")
        var parameters: [Parameter] = try fields.forms("parameters") ?? []
        let added = WriteOptions.parameters(of: effect, isPlanned: facts.contains(.appliesPlan))
        if parameters.count >= added.count, parameters.suffix(added.count).elementsEqual(added) {
            parameters.removeLast(added.count)
        }
        self.init(
            name, try fields.required("summary", try fields.text("summary")), facts: Set(facts),
            rows: try fields.form("rows"), input: try fields.word("input") ?? .none, effect: effect,
            scopes: (try fields.texts("scopes") ?? []).map { Scope($0) },
            takesFields: try fields.flag("takes_fields"), fields: try fields.noun("fields"),
            aliases: try fields.texts("aliases") ?? []
        ) { parameters }
    }
}

extension Parameter: WireForm {
    public var wire: Value {
        var row: Row = [
            "name": .string(name), "kind": .string(kind.word), "type": .string(type.noun), "accepts": type.wire,
        ]
        if case .choice(let words) = type.element { row["choices"] = .texts(words) }
        if case .arguments(let minimum) = kind { row["minimum"] = .integer(Int64(minimum)) }
        row["default"] = Value(defaultText)
        row["help"] = .string(help)
        return .row(row)
    }

    public init(wire: Value) throws(ZoshError) {
        let fields = try WireFields(wire, of: "parameter")
        let kind: Kind =
            switch try fields.text("kind") {
            case "option": .option
            case "flag": .flag
            case "argument": .argument
            case "optional_argument": .optionalArgument
            case "arguments": .arguments(minimum: max(0, try fields.number("minimum") ?? 0))
            default: throw fields.mismatch("kind")
            }
        self.init(
            name: try fields.required("name", try fields.text("name")), kind: kind,
            type: try fields.required("accepts", try fields.form("accepts")),
            defaultText: try fields.text("default"), help: try fields.text("help") ?? "")
    }
}

extension Parameter.Kind {
    fileprivate var word: String {
        switch self {
        case .option: "option"
        case .flag: "flag"
        case .argument: "argument"
        case .optionalArgument: "optional_argument"
        case .arguments: "arguments"
        }
    }
}
