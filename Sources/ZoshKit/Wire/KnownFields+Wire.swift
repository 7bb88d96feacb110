extension FieldPath: WireForm {
    /// The names, since one of them may hold a dot.
    public var wire: Value { .texts(names) }

    public init(wire: Value) throws(ZoshError) {
        let names = wire.list?.compactMap(\.string) ?? []
        guard !names.isEmpty, names.count == wire.list?.count else {
            throw ZoshError(.usage, "a path is a list of names")
        }
        self.init(names: names)
    }
}

extension KnownFields: WireForm {
    /// `{"noun": "users"}`, or the fields that the rows have.
    public var wire: Value {
        .row(
            Row(wire: [
                ("noun", resource.map { .string($0.name) }),
                ("fields", Value.list(others.map(\.wire)).unlessDefault),
                ("kept", kept.map(\.wire)), ("former", Self.wire(of: formerNames).unlessDefault),
            ]))
    }

    public init(wire: Value) throws(ZoshError) {
        let fields = try WireFields(wire, of: "description of rows")
        self.init(resource: try fields.noun("noun"), others: try fields.forms("fields") ?? [])
        kept = try fields.form("kept")
        formerNames = try Self.paths(fields.list("former") ?? [])
    }

    /// Pairs of paths, in an order that is always the same.
    fileprivate static func wire(of paths: [FieldPath: FieldPath]) -> Value {
        .list(
            paths.sorted { $0.key.names.lexicographicallyPrecedes($1.key.names) }.map { [$0.key.wire, $0.value.wire] }
                .map(Value.list))
    }

    fileprivate static func paths(_ pairs: [Value]) throws(ZoshError) -> [FieldPath: FieldPath] {
        var paths: [FieldPath: FieldPath] = [:]
        for pair in pairs {
            guard let pair = pair.list, pair.count == 2 else { throw ZoshError(.usage, "two paths belong together") }
            paths[try FieldPath(wire: pair[0])] = try FieldPath(wire: pair[1])
        }
        return paths
    }
}

extension KnownFields.Kept: WireForm {
    var wire: Value {
        .row(
            Row(wire: [
                ("noun", .string(noun.name)), ("paths", KnownFields.wire(of: paths).unlessDefault),
                ("whole", Value.bool(isWhole).unlessDefault),
            ]))
    }

    init(wire: Value) throws(ZoshError) {
        let fields = try WireFields(wire, of: "description of rows")
        self.init(
            noun: try fields.required("noun", try fields.noun("noun")),
            paths: try KnownFields.paths(fields.list("paths") ?? []), isWhole: try fields.flag("whole"))
    }
}
