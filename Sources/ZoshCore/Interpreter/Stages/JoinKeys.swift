internal import ZoshKit

/// What keys of a join are found by: two keys are the same as `==` says exactly when what one offers has something of
/// what the other seeks.
///
/// What stands before the pipe decides how the other side is read, as the left of `==` does: a number finds texts that
/// are one, a text finds texts.
struct JoinKeys {
    /// What the column before the pipe, or the other one, is called.
    private let heading: PersonHeading?
    private let otherHeading: PersonHeading?
    private let isStatus: Bool
    private let dates: DateReader
    /// Ids of users by their folded e-mails, where people are compared.
    private let people: [String: [String]]

    init(_ key: FieldUse, _ partnerKey: FieldPath, _ people: [String: [String]], _ dates: DateReader) {
        heading = key.path.names.last.flatMap { PersonHeading($0) }
        otherHeading = partnerKey.names.last.flatMap { PersonHeading($0) }
        isStatus = key.isStatus || UserStatus.isStatus(partnerKey)
        self.people = people
        self.dates = dates
    }

    /// What a key of the other side is found by.
    func offered(_ value: Value) -> Set<String> {
        if let elements = value.list { return elements.reduce(into: []) { $0.formUnion(offered($1)) } }
        var found = Set(texts(value, otherHeading))
        for text in found { found.formUnion(people[Likeness.folded(text.trimmedOfUnseen)] ?? []) }
        guard value.row == nil, !found.isEmpty else { return found }
        let text = value.text
        // The usual way to write such a value is found by its text.
        if let flag = Bool(callValue: .string(text.lowercased())), "\(flag)" != text {
            found.insert(Self.mark(.flag, flag))
        }
        if let number = Number(value)?.key, number != text { found.insert(Self.mark(.number, number)) }
        if let stamp = value.string.flatMap({ Timestamp($0) }) {
            if stamp.hasTime {
                found.formUnion(dates.instant(of: text).map { [Self.mark(.instant, $0)] } ?? [])
            } else {
                found.insert(Self.mark(.day, stamp.seconds / 86_400))
            }
        }
        return found
    }

    /// What a key before the pipe looks for.
    func sought(_ value: Value) -> Set<String> {
        switch value {
        case .null: return []
        case .list(let elements): return elements.reduce(into: []) { $0.formUnion(sought($1)) }
        case .row: return Set(texts(value, heading))
        case .bool(let flag): return ["\(flag)", Self.mark(.flag, flag)]
        case .integer, .decimal:
            let number = Number(value).map { [$0.key, Self.mark(.number, $0.key)] } ?? []
            return Set(texts(value, heading) + number)
        case .string(let text):
            var found = Set(texts(value, heading))
            if !found.isEmpty, let instant = dates.instant(of: text) {
                found.insert(Self.mark(.instant, instant))
                let local = instant + dates.offset(instant)
                found.insert(Self.mark(.day, (local >= 0 ? local : local - 86_399) / 86_400))
            }
            return found
        }
    }

    private enum Kind: String { case flag, number, instant, day }

    /// Begins as hardly a text does, so that a text is not taken for it.
    private static func mark(_ kind: Kind, _ value: some CustomStringConvertible) -> String {
        "\0" + kind.rawValue + value.description
    }

    /// What a key is named by, without what was copied with an e-mail or an id.
    private func texts(_ value: Value, _ heading: PersonHeading?) -> [String] {
        let names = Likeness.names(value)
        if isStatus { return names.map(UserStatus.canonical) }
        switch heading {
        case .email: return names.map { name in (try? WrittenEmail(name)).map { Likeness.folded($0.text) } ?? name }
        case .id: return names.map { WrittenID($0).digits ?? $0 }
        case nil: return names
        }
    }
}

extension Number {
    /// The same for equal numbers, whether they are written as whole ones or with a point.
    fileprivate var key: String {
        switch self {
        case .whole(let number): String(number)
        case .fraction(let number): Int64(exactly: number).map(String.init) ?? String(number)
        }
    }
}
