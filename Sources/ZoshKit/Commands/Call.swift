/// A value as bound to a parameter, with the place it was typed.
///
/// For example "5" of `users list limit=5`, at the place where it stands.
public struct BoundValue: Sendable, Hashable {
    public let value: Value
    public let span: Span

    public init(_ value: Value, at span: Span) {
        self.value = value
        self.span = span
    }

    public var text: String { value.text }
}

/// `field=value`, as typed after `users update`.
public struct FieldAssignment: Sendable, Hashable {
    public let name: String
    public let value: Value
    public let span: Span
    /// The values of a field with a list, where what was typed tells them apart: `a,'b,c'`, the lines of `@FILE`.
    public let parts: [Value]?

    public init(name: String, value: Value, span: Span, parts: [Value]? = nil) {
        self.name = name
        self.value = value
        self.span = span
        self.parts = parts
    }

    /// What a field of this type is given.
    public func value(for type: FieldType) -> Value {
        if type == .list, let parts { .list(parts) } else { value }
    }
}

/// A command with everything it was given, checked against its signature.
///
/// ```swift
/// let limit: Int? = try call["limit"]
/// if call.flag("all"), limit != nil {
///     throw ZoshError(.usage, "use either --all or limit", at: call.span(of: "limit"))
/// }
/// ```
public struct Call: Sendable {
    public let signature: Signature
    /// Where the command stands in the line, for errors about the call as a whole.
    public let span: Span
    public let fields: [FieldAssignment]
    /// The rows of the stage before, when there is one.
    public let input: RowStream?
    public let write: WriteOptions
    /// Set by the host.
    package var origin = Origin()
    private let bound: [String: [BoundValue]]

    /// - Parameter bound: values by parameter name; list types already split, files and variables already read.
    public init(
        _ signature: Signature, span: Span = Span(0, 0), bound: [String: [BoundValue]] = [:],
        fields: [FieldAssignment] = [], input: RowStream? = nil, write: WriteOptions = WriteOptions()
    ) {
        self.signature = signature
        self.span = span
        self.bound = bound
        self.fields = fields
        self.input = input
        self.write = write
    }

    /// Everything given for a parameter; empty when nothing was.
    public func values(_ name: String) -> [BoundValue] { bound[name] ?? [] }

    public func isGiven(_ name: String) -> Bool { bound[name] != nil }

    /// Where a parameter was typed, for an error about it.
    public func span(of name: String) -> Span {
        values(name).map(\.span).reduce(nil) { $0?.union($1) ?? $1 } ?? span
    }

    public func flag(_ name: String) -> Bool { bound[name]?.last?.value == .bool(true) }

    /// The last value given for a parameter, else its default, else nil.
    /// - Throws: `ZoshError.usage` when the text is not such a value.
    public subscript<T: CallConvertible>(name: String) -> T? {
        get throws {
            if let last = bound[name]?.last {
                guard let converted = T(callValue: last.value) else {
                    let noun = signature.parameter(named: name)?.type.nounWithArticle ?? "a value of \(name)"
                    throw ZoshError(.usage, "'\(last.text)' is not \(noun)", at: last.span)
                }
                return converted
            }
            return signature.parameter(named: name)?.defaultText.flatMap { T(callValue: .string($0)) }
        }
    }

    /// The value of a parameter that cannot be absent.
    public func require<T: CallConvertible>(_ name: String) throws -> T {
        guard let value: T = try self[name] else {
            throw ZoshError(.usage, "'\(signature.name)' needs \(name)", at: span)
        }
        return value
    }
}
