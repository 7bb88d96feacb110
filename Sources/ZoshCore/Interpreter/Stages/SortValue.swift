internal import ZoshKit

/// A value as it is put in order: numbers, then dates, then text without regard to case, then the rest, then nothing.
///
/// The kinds come one after another because mixing them has no order: 2 < 10 as numbers, "10" < "1a" < "2" as text.
struct SortValue: Comparable {
    private enum Kind: Int { case number, date, text, other, nothing }

    private let kind: Kind
    private let number: Number
    private let folded: String
    private let text: String

    init(_ value: Value, _ dates: DateReader) {
        var kind = Kind.nothing
        var number = Number.whole(0)
        var text = ""
        switch value {
        case .null: break
        case .integer, .decimal, .string:
            text = value.text
            if let found = Number(value) {
                (kind, number) = (.number, found)
            } else if let instant = dates.instant(of: text) {
                (kind, number) = (.date, .whole(instant))
            } else {
                kind = .text
            }
        case .bool, .list, .row:
            kind = .other
            text = value.text
        }
        self.kind = kind
        self.number = number
        self.text = text
        folded = kind == .text ? text.lowercased() : ""
    }

    var isNothing: Bool { kind == .nothing }

    static func == (a: SortValue, b: SortValue) -> Bool { a.compared(to: b) == 0 }
    static func < (a: SortValue, b: SortValue) -> Bool { a.compared(to: b) < 0 }

    /// Negative when this comes first, zero when neither does: one comparison where `<` and `==` would take three.
    func compared(to other: SortValue) -> Int {
        if kind != other.kind { return kind.rawValue - other.kind.rawValue }
        switch kind {
        case .number, .date: return Self.sign(number, other.number)
        case .text: return folded == other.folded ? Self.sign(text, other.text) : Self.sign(folded, other.folded)
        case .other: return Self.sign(text, other.text)
        case .nothing: return 0
        }
    }

    private static func sign<T: Comparable>(_ a: T, _ b: T) -> Int { a < b ? -1 : b < a ? 1 : 0 }
}
