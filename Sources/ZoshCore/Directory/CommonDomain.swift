/// The e-mail domain most people share: its letters distinguish no two of them.
struct CommonDomain {
    /// As folded, without the @; empty when there is none.
    let bytes: ArraySlice<UInt8>

    /// What most of a few hundred people, spread over all, have. If these mislead, the search takes longer and finds
    /// the same.
    init(_ texts: FoldedPeople) {
        let asked = stride(from: 0, to: texts.count, by: max(1, texts.count / 500)).map {
            Self.domain(of: $0, in: texts)
        }
        var likely = texts.bytes[..<0]
        var votes = 0
        for domain in asked {
            if votes == 0 { likely = domain }
            votes += domain == likely ? 1 : -1
        }
        bytes = asked.count { $0 == likely } * 2 > asked.count ? likely : []
    }

    private static func domain(of person: Int, in texts: FoldedPeople) -> ArraySlice<UInt8> {
        let mail = texts.bytes[texts.place(person)].drop { $0 != FoldedPeople.fieldEnd }.dropFirst().prefix {
            $0 != FoldedPeople.fieldEnd
        }
        return mail.drop { $0 != UInt8(ascii: "@") }.dropFirst()
    }

    /// Whether a whole field from here on is this domain.
    @inline(__always)
    func matches(at place: Int, in text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard !bytes.isEmpty, place + bytes.count < text.count, text[place + bytes.count] == FoldedPeople.fieldEnd
        else { return false }
        return text[place..<place + bytes.count].elementsEqual(bytes)
    }

    /// What must be found outside the domain where a text is found; empty when it may lie within.
    func outside(_ wanted: [UInt8]) -> ArraySlice<UInt8> {
        let isInside = bytes.indices.contains { bytes[$0...].starts(with: wanted) }
        // A text that begins before the domain has the @ in it, and what follows may be the domain's.
        return isInside ? [] : wanted[...((wanted.firstIndex(of: UInt8(ascii: "@"))) ?? wanted.endIndex - 1)]
    }
}
