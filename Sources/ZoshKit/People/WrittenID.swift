/// A user id as a person or a program wrote it: whole, damaged by a spreadsheet, or not an id at all.
///
/// Spreadsheets keep 15 digits of a number. Zoho's ids have more, so what comes out of one may be another user's id.
///
/// For example `WrittenID("zcrm_4150868000000225013").digits` is the number alone, and
/// `WrittenID("4.15E+18").isDamaged` is true.
public struct WrittenID: Sendable, Hashable {
    /// What is left of an id that was taken for a number.
    struct Remains: Sendable, Hashable {
        /// The digits that can be trusted, from the first on.
        let digits: String
        /// Digits the id has, or had.
        let count: Int
    }

    /// What was written, without what stands around a copied value.
    public let text: String
    /// The digits, when it is an id as Zoho writes them.
    public let digits: String?
    let remains: Remains?

    public init(_ written: String) {
        var text = WrittenEmail.unwrapped(written)
        // Zoho's exports write ids with this in front.
        if text.lowercased().hasPrefix("zcrm_") { text.removeFirst("zcrm_".count) }
        self.text = text
        let isID = ZohoID.isID(text)
        digits = isID ? text : nil
        remains = isID ? Self.rounded(text) : Self.powerOfTen(text) ?? Self.formatted(text)
    }

    /// Whether a spreadsheet may have changed it: `4.15E+18`, separators, `.0`, nothing but zeros after the 15th digit.
    public var isDamaged: Bool { remains != nil }

    /// Whether it may have been this id before it was damaged.
    public func isRemnant(of id: String) -> Bool {
        guard let remains, id.utf8.count == remains.count, remains.digits.utf8.count <= remains.count,
            let whole = UInt64(id), var least = UInt64(remains.digits)
        else { return false }
        var unit: UInt64 = 1
        for _ in 0..<remains.count - remains.digits.utf8.count {
            let (next, overflows) = least.multipliedReportingOverflow(by: 10)
            guard !overflows else { return false }
            least = next
            unit *= 10
        }
        // Cut off or rounded: at most one unit of the last digit away.
        let distance = whole > least ? whole - least : least - whole
        return unit == 1 ? distance == 0 : distance <= unit
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// Digits a spreadsheet keeps.
    private static let kept = 15

    private static func rounded(_ digits: String) -> Remains? {
        guard digits.utf8.count > kept, digits.utf8.dropFirst(kept).allSatisfy({ $0 == 0x30 }) else { return nil }
        return Remains(digits: String(digits.prefix(kept)), count: digits.utf8.count)
    }

    /// `4.15E+18`, `4,15e18`
    private static func powerOfTen(_ text: String) -> Remains? {
        guard let match = text.wholeMatch(of: /([0-9])(?:[.,]([0-9]{1,30}))?[eE]\+?([0-9]{1,3})/),
            let power = Int(match.3)
        else { return nil }
        let digits = String(match.1) + (match.2.map(String.init) ?? "")
        return Remains(digits: String(digits.prefix(min(power + 1, kept))), count: power + 1)
    }

    /// `4,150,868,000`, `4.150.868`, `4150868000000411014.0`
    private static func formatted(_ text: String) -> Remains? {
        guard text.utf8.count < 100 else { return nil }
        var whole = text
        if let match = text.wholeMatch(of: /(.*[0-9])[.,]0{1,2}/) { whole = String(match.1) }
        if whole.wholeMatch(of: /[0-9]{1,3}(?:[.,'’\s\u{A0}\u{202F}_][0-9]{3})+/) != nil {
            whole = String(
                whole.unicodeScalars.filter { $0.value < 0x80 && isDigit(UInt8($0.value)) }.map(Character.init))
        }
        guard !whole.isEmpty, whole.utf8.allSatisfy(isDigit) else { return nil }
        return rounded(whole) ?? Remains(digits: whole, count: whole.utf8.count)
    }
}
