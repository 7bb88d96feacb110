internal import ZoshKit

/// As what a value is less or more than another: a number, an instant or a text. Two of different kinds compare as
/// texts, which is never meant.
enum OrderedKind: Sendable {
    case number, instant, text

    /// A value that is compared with.
    init(_ literal: Literal) {
        self = literal.moment != nil ? .instant : Number(literal.value) != nil ? .number : .text
    }

    /// A value that a row has.
    init(of text: String, _ dates: DateReader) {
        self = dates.instant(of: text) != nil ? .instant : Number(.string(text)) != nil ? .number : .text
    }

    /// What is said of a value that is not of this kind.
    var noun: String {
        switch self {
        case .number: "a number"
        case .instant: "a date"
        case .text: "a text"
        }
    }
}
