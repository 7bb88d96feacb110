/// What a bound value can be read as.
///
/// For example `let limit: Int? = try call["limit"]`.
public protocol CallConvertible {
    init?(callValue: Value)
}

extension String: CallConvertible {
    public init?(callValue: Value) { self = callValue.text }
}

extension Int: CallConvertible {
    public init?(callValue: Value) {
        guard let number = callValue.integer, let int = Int(exactly: number) else { return nil }
        self = int
    }
}

extension Bool: CallConvertible {
    public init?(callValue: Value) {
        switch callValue {
        case .bool(let flag): self = flag
        case .string("yes"), .string("true"), .string("on"): self = true
        case .string("no"), .string("false"), .string("off"): self = false
        default: return nil
        }
    }
}

extension CallConvertible where Self: RawRepresentable, RawValue == String {
    public init?(callValue: Value) { self.init(rawValue: callValue.text) }
}
