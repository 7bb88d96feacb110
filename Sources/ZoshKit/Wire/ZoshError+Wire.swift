extension ZoshError.Kind: WireWord {}

extension ZoshError: WireForm {
    public var wire: Value {
        .row(
            Row(wire: [
                ("kind", .string(kind.word)), ("problem", .string(cause)),
                ("consequence", consequence.map(Value.string)), ("span", span?.wire),
                ("remedy", remedy.map(Value.string)), ("details", Value.texts(details).unlessDefault),
                ("code", code.map(Value.string)),
            ]))
    }

    public init(wire: Value) throws(ZoshError) {
        let fields = try WireFields(wire, of: "error")
        self.init(
            try fields.required("kind", try fields.word("kind")),
            try fields.required("problem", try fields.text("problem")), consequence: try fields.text("consequence"),
            at: try fields.form("span"),
            remedy: try fields.text("remedy"), code: try fields.text("code"))
        details = try fields.texts("details") ?? []
    }
}

extension Span: WireForm {
    /// `[lower, upper]`, in scalars of the line.
    public var wire: Value { .list([.integer(Int64(lower)), .integer(Int64(upper))]) }

    public init(wire: Value) throws(ZoshError) {
        let ends = wire.list?.compactMap(\.integer).compactMap { Int(exactly: $0) } ?? []
        guard ends.count == 2, ends[0] <= ends[1] else { throw ZoshError(.usage, "a place is two numbers") }
        self.init(ends[0], ends[1])
    }
}
