extension Change: WireForm {
    /// A noun and a verb by name; the table says what they mean.
    public var wire: Value {
        .row(
            Row(wire: [
                ("resource", .string(resource.name)), ("verb", .string(verb.name)), ("id", id.map(Value.string)),
                ("new", handle.map(Value.string)), ("within", Value.table(within).unlessDefault),
                ("concerns", concerns.map(Value.string)),
                ("seen", seen.map(Value.row)), ("holder", holder.map(Value.string)),
                ("expected", Value.row(expected).unlessDefault), ("whole", Value.bool(isAllOrNothing).unlessDefault),
                ("fields", Value.row(fields).unlessDefault), ("shown", shown == fields ? nil : .row(shown)),
                ("parameters", Value.table(parameters).unlessDefault), ("action", .string(action)),
            ]))
    }

    public init(wire: Value) throws(ZoshError) { try self.init(wire: wire, among: Resource.all) }

    /// - Parameter nouns: the table that says what its noun means.
    package init(wire: Value, among nouns: [Resource]) throws(ZoshError) {
        let fields = try WireFields(wire, of: "change")
        let subject: Target
        switch (try fields.text("id"), try fields.text("new")) {
        case (let id?, nil): subject = .existing(id: id)
        case (nil, let handle?): subject = .new(handle: handle)
        default: throw ZoshError(.usage, "a change is of one record: 'id', or 'new' with what it will be called")
        }
        self.init(
            Verb(try fields.required("verb", try fields.text("verb"))),
            try fields.required("resource", try fields.noun("resource", among: nouns)), subject,
            within: try fields.table("within"), concerns: try fields.text("concerns"), seen: try fields.row("seen"),
            holder: try fields.text("holder"),
            expected: try fields.row("expected") ?? Row(), isAllOrNothing: try fields.flag("whole"),
            fields: try fields.row("fields") ?? Row(), shown: try fields.row("shown"),
            parameters: try fields.table("parameters"), action: try fields.text("action"))
    }

    private var handle: String? { if case .new(let handle) = subject { handle } else { nil } }
}
