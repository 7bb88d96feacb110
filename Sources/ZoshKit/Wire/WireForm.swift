/// What crosses to another program and comes back without loss, as a value of JSON's kinds.
///
/// A form names a noun and never describes one: the program that sends it chooses neither a path nor how bad a mistake
/// would be.
///
/// ```swift
/// let text = change.json
/// let same = try Change(json: text)
/// ```
public protocol WireForm {
    var wire: Value { get }

    /// - Throws: `ZoshError.usage` naming what does not fit.
    init(wire: Value) throws(ZoshError)
}

extension WireForm {
    /// The form as one line of JSON.
    public var json: String { JSONWriter.text(wire) }

    /// - Throws: `ZoshError` for what is no JSON, and for what does not fit.
    public init(json text: String) throws {
        try self.init(wire: try JSONReader.value(of: text))
    }
}

/// A row is its own form. The file and line it was read from stay behind.
extension Row: WireForm {
    public var wire: Value { .row(self) }

    public init(wire: Value) throws(ZoshError) {
        self = try WireFields(wire, of: "row").row
    }
}
