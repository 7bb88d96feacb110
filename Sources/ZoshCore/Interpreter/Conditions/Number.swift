internal import ZoshKit

/// A value read as a number: whole ones exactly (Zoho's ids exceed 2^53), the others as `Double`.
enum Number: Comparable {
    case whole(Int64)
    case fraction(Double)

    /// Nil when the value is not a number; text counts when it is nothing but a number.
    init?(_ value: Value) {
        switch value {
        case .integer(let number): self = .whole(number)
        case .decimal(let text), .string(let text):
            guard let first = text.utf8.first, first == UInt8(ascii: "-") || (48...57).contains(first),
                text.utf8.count <= 40
            else { return nil }
            if let whole = Int64(text) {
                self = .whole(whole)
            } else if let fraction = Double(text), fraction.isFinite {
                self = .fraction(fraction)
            } else {
                return nil
            }
        case .null, .bool, .list, .row: return nil
        }
    }

    private var approximate: Double {
        switch self {
        case .whole(let number): Double(number)
        case .fraction(let number): number
        }
    }

    static func < (a: Number, b: Number) -> Bool {
        if case .whole(let x) = a, case .whole(let y) = b { return x < y }
        return a.approximate < b.approximate
    }

    static func == (a: Number, b: Number) -> Bool {
        if case .whole(let x) = a, case .whole(let y) = b { return x == y }
        return a.approximate == b.approximate
    }
}
