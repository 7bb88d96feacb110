extension String {
    /// The text with everything shown that could steer a terminal or hide from a reader: controls, escapes, bidi
    /// overrides and isolates, line separators, tags, invisible characters. `\n`, `\r`, `\t`, else `\u{1b}`.
    /// Of the marks on one letter the first few stay: more are no name, and thousands stall or overflow a terminal.
    ///
    /// For terminals only; files and pipes get text exactly. Joiners (ZWJ, ZWNJ), combining marks, variation
    /// selectors and the directional marks of Hebrew and Arabic stay, since names need them, and nothing is
    /// normalised. A backslash stays as it is, so neutralising twice changes nothing more.
    public var neutralised: String {
        guard isDoubtful, unicodeScalars.contains(where: { $0.isHostileToTerminals }) || MarkCount.exceeds(self) else {
            return self
        }
        var safe = String.UnicodeScalarView()
        var marks = MarkCount()
        for scalar in unicodeScalars where marks.keeps(scalar) {
            if scalar.isHostileToTerminals {
                safe.append(contentsOf: scalar.shownEscaped.unicodeScalars)
            } else {
                safe.append(scalar)
            }
        }
        return String(safe)
    }

    /// Whether its bytes alone leave open that something in it is hostile: every candidate of a Tab comes by here, and
    /// most are let pass at once. What begins with one of the bytes allowed is a letter of some script.
    private var isDoubtful: Bool {
        var others = 0
        for byte in utf8 {
            switch byte {
            case 0x20..<0x7F: continue
            case 0x80..<0xC0, 0xC3..<0xE0, 0xE3...0xED: others += 1
            default: return true
            }
        }
        // Two bytes a mark at least.
        return others > 2 * MarkCount.most
    }
}

/// Counts what takes no separate column behind one letter: accents, joiners, the vowels of a Hangul syllable.
private struct MarkCount {
    /// More than any script or emoji needs.
    static let most = 8

    private var count = 0
    private var isJoined = false

    /// Whether the next scalar is still one of a few.
    mutating func keeps(_ scalar: Unicode.Scalar) -> Bool {
        guard !scalar.isHostileToTerminals, DisplayWidth.of(scalar) == 0 else {
            // What a joiner ties to the letter before it belongs to the same picture.
            if !isJoined { count = 0 }
            isJoined = false
            return true
        }
        count += 1
        guard count <= Self.most else { return false }
        isJoined = scalar.value == 0x200D
        return true
    }

    static func exceeds(_ text: String) -> Bool {
        var marks = MarkCount()
        return text.unicodeScalars.contains { !marks.keeps($0) }
    }
}

extension Substring {
    /// As of a whole `String`.
    public var neutralised: String { String(self).neutralised }
}

extension Unicode.Scalar {
    /// Whether a terminal might obey this instead of drawing it, or draw nothing where something is.
    public var isHostileToTerminals: Bool {
        switch value {
        // C0, DEL and C1: the bytes escape sequences are made of.
        case 0..<0x20, 0x7F..<0xA0: true
        case 0x20..<0xA0: false
        // Soft hyphen, zero width space, word joiner and the invisible operators, byte order mark.
        case 0xAD, 0x180E, 0x200B, 0x2060...0x2064, 0xFEFF: true
        // Line and paragraph separator; bidi embeddings, overrides and isolates; deprecated format characters.
        case 0x2028...0x202E, 0x2066...0x206F: true
        // Interlinear annotation; tags, which carry invisible ASCII.
        case 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
        default: false
        }
    }

    fileprivate var shownEscaped: String {
        switch self {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        default: "\\u{" + String(value, radix: 16) + "}"
        }
    }
}
