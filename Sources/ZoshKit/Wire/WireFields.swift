/// The fields of a form, each read as what it must be.
struct WireFields {
    let row: Row
    /// What the form describes, for errors: `signature`.
    private let form: String

    init(_ wire: Value, of form: String) throws(ZoshError) {
        guard let row = wire.row else { throw ZoshError(.usage, "a \(form) is an object") }
        self.row = row
        self.form = form
    }

    /// Nil for a field that is absent or null.
    private func value(_ name: String) -> Value? {
        guard let value = row[name], !value.isNull else { return nil }
        return value
    }

    func mismatch(_ name: String) -> ZoshError {
        ZoshError(.usage, "'\(name)' does not fit in a \(form)")
    }

    private func read<T>(_ name: String, _ convert: (Value) -> T?) throws(ZoshError) -> T? {
        guard let value = value(name) else { return nil }
        guard let converted = convert(value) else { throw mismatch(name) }
        return converted
    }

    func required<T>(_ name: String, _ value: T?) throws(ZoshError) -> T {
        guard let value else { throw ZoshError(.usage, "a \(form) needs '\(name)'") }
        return value
    }

    func text(_ name: String) throws(ZoshError) -> String? { try read(name, \.string) }
    func flag(_ name: String) throws(ZoshError) -> Bool { try read(name, \.bool) ?? false }
    func list(_ name: String) throws(ZoshError) -> [Value]? { try read(name, \.list) }
    func row(_ name: String) throws(ZoshError) -> Row? { try read(name, \.row) }

    func number(_ name: String) throws(ZoshError) -> Int? {
        try read(name) { $0.integer.flatMap { Int(exactly: $0) } }
    }

    /// A list of texts; nil when it is absent.
    func texts(_ name: String) throws(ZoshError) -> [String]? {
        guard let list = try list(name) else { return nil }
        let texts = list.compactMap(\.string)
        guard texts.count == list.count else { throw mismatch(name) }
        return texts
    }

    /// Texts by name; empty when it is absent.
    func table(_ name: String) throws(ZoshError) -> [String: String] {
        var table: [String: String] = [:]
        for field in try row(name)?.fields ?? [] {
            guard let text = field.value.string else { throw mismatch(name) }
            table[field.name] = text
        }
        return table
    }

    /// One word of an enumeration; nil when it is absent.
    func word<T: WireWord>(_ name: String) throws(ZoshError) -> T? {
        guard let text = try text(name) else { return nil }
        return try T.read(text, name, self)
    }

    /// Words of an enumeration; empty when they are absent.
    func words<T: WireWord>(_ name: String) throws(ZoshError) -> [T] {
        var words: [T] = []
        for text in try texts(name) ?? [] { words.append(try T.read(text, name, self)) }
        return words
    }

    /// A part that has a form as well; nil when it is absent.
    func form<T: WireForm>(_ name: String) throws(ZoshError) -> T? {
        guard let value = value(name) else { return nil }
        return try T(wire: value)
    }

    /// A list of parts; nil when it is absent.
    func forms<T: WireForm>(_ name: String) throws(ZoshError) -> [T]? {
        guard let list = try list(name) else { return nil }
        var forms: [T] = []
        for value in list { forms.append(try T(wire: value)) }
        return forms
    }

    /// A noun of the table; nil when it is absent.
    func noun(_ name: String, among nouns: [Resource] = Resource.all) throws(ZoshError) -> Resource? {
        guard let text = try text(name) else { return nil }
        guard let resource = nouns.first(where: { $0.name == text }) else { throw mismatch(name) }
        return resource
    }
}

/// An enumeration whose cases are words of a form: `writesLocally` as `writes_locally`.
protocol WireWord: CaseIterable, RawRepresentable<String> {}

extension WireWord {
    var word: String {
        rawValue.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
    }

    static func read(_ text: String, _ name: String, _ fields: WireFields) throws(ZoshError) -> Self {
        guard let found = allCases.first(where: { $0.word == text }) else { throw fields.mismatch(name) }
        return found
    }
}

extension Row {
    /// Only the fields that hold something: what is absent is read as its default.
    init(wire fields: [(String, Value?)]) {
        self.init(fields.compactMap { name, value in value.map { (name, $0) } })
    }
}

extension Value {
    /// Nil for an empty list or row, and for false, which are the defaults of a form.
    var unlessDefault: Value? {
        switch self {
        case .bool(false), .list([]), .null: nil
        case .row(let row) where row.count == 0: nil
        default: self
        }
    }

    static func texts(_ texts: [String]) -> Value { .list(texts.map(Value.string)) }

    static func table(_ table: [String: String]) -> Value {
        .row(Row(table.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
    }
}
