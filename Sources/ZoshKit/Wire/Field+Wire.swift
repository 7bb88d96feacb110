extension FieldType: WireForm {
    /// Those that are a word alone.
    private static let plain: [FieldType] = [
        .text, .email, .integer, .decimal, .checkbox, .date, .dateTime, .list, .object, .unknown,
    ]

    /// Nil for one that names a noun.
    private var word: String? {
        switch self {
        case .text: "text"
        case .email: "email"
        case .integer: "integer"
        case .decimal: "decimal"
        case .checkbox: "checkbox"
        case .date: "date"
        case .dateTime: "date_time"
        case .list: "list"
        case .object: "object"
        case .unknown: "unknown"
        case .reference: nil
        }
    }

    /// `"text"`, `{"reference": "roles"}`.
    public var wire: Value {
        if case .reference(let noun) = self { return .row(["reference": .string(noun)]) }
        return Value(word)
    }

    public init(wire: Value) throws(ZoshError) {
        if let word = wire.string {
            guard let found = Self.plain.first(where: { $0.word == word }) else {
                throw ZoshError(.usage, "'\(word.neutralised)' is not a type of fields")
            }
            self = found
            return
        }
        let fields = try WireFields(wire, of: "type of fields")
        self = .reference(try fields.required("reference", try fields.text("reference")))
    }
}

extension Field: WireForm {
    public var wire: Value {
        .row(
            Row(wire: [
                ("name", .string(name)), ("type", type.wire), ("labels", Value.texts(labels).unlessDefault),
                ("read_only", Value.bool(!isWritable).unlessDefault),
                ("required_since", requiredSince.map { .string($0.rawValue) }),
                ("inner", inner.map { .list($0.map(\.wire)) }), ("values", values.map(Value.texts)),
                ("limits", limits.wire.unlessDefault),
            ]))
    }

    public init(wire: Value) throws(ZoshError) {
        let fields = try WireFields(wire, of: "field")
        var since: APIVersion?
        if let text = try fields.text("required_since") {
            since = try fields.required("required_since", APIVersion(rawValue: text))
        }
        self.init(
            try fields.required("name", try fields.text("name")), try fields.form("type") ?? .unknown,
            try fields.texts("labels") ?? [], writable: try !fields.flag("read_only"), requiredSince: since,
            inner: try fields.forms("inner"), values: try fields.texts("values"),
            limits: try fields.form("limits") ?? FieldLimits())
    }
}

extension FieldLimits: WireForm {
    public var wire: Value {
        .row(
            Row(wire: [
                ("length", length.map { .integer(Int64($0)) }),
                (
                    "choices",
                    Value.list(choices.map { .row(["value": .string($0.value), "shown": .string($0.shown)]) })
                        .unlessDefault
                ),
                ("is_list", Value.bool(isList).unlessDefault),
            ]))
    }

    public init(wire: Value) throws(ZoshError) {
        let fields = try WireFields(wire, of: "limit")
        var choices: [Choice] = []
        for value in try fields.list("choices") ?? [] {
            let choice = try WireFields(value, of: "choice")
            choices.append(
                Choice(
                    value: try choice.required("value", try choice.text("value")),
                    shown: try choice.required("shown", try choice.text("shown"))))
        }
        self.init(length: try fields.number("length"), choices: choices, isList: try fields.flag("is_list"))
    }
}
