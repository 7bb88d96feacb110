/// How many terminal columns text takes, counted by what a reader sees as one character.
///
/// By grapheme cluster, because an emoji of seven scalars is one picture two columns wide. Ambiguous characters count
/// as one column, as every terminal outside East Asian locales draws them. Widths follow the Unicode version named by
/// `unicodeVersion`; an older terminal may disagree about the newest emoji.
///
/// For example `DisplayWidth.of("日本")` is 4.
public enum DisplayWidth {
    public static let unicodeVersion = WideScalars.unicodeVersion

    public static func of(_ text: some StringProtocol) -> Int {
        var ascii = 0
        for byte in text.utf8 {
            guard (0x20..<0x7F).contains(byte) else { return text.reduce(0) { $0 + of($1) } }
            ascii += 1
        }
        return ascii
    }

    public static func of(_ character: Character) -> Int {
        let scalars = character.unicodeScalars
        guard let first = scalars.first else { return 0 }
        if scalars.count == 1 { return of(first) }
        // VS16 asks for the picture, a joiner or a skin tone makes one: two columns whatever the parts are.
        var sum = 0
        for scalar in scalars {
            if scalar.value == 0xFE0F || scalar.properties.isEmojiModifier { return 2 }
            if scalar.value == 0x200D, first.properties.isEmoji { return 2 }
            sum += of(scalar)
        }
        // Conjuncts of the Indic scripts are one cluster drawn by terminals as the columns of their letters.
        return sum
    }

    static func of(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x20..<0x7F, 0xA0..<0x300: return 1
        case 0..<0xA0: return 0
        // Vowels and finals of conjoining Hangul stand under the leading consonant, which is wide.
        case 0x1160..<0x1200, 0xD7B0..<0xD800: return 0
        // Two regional indicators are one flag, two columns wide.
        case 0x1F1E6...0x1F1FF: return 1
        case 0x4E00..<0xA000, 0xAC00..<0xD7A4: return 2
        default: break
        }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator: return 0
        default: return WideScalars.contains(scalar) ? 2 : 1
        }
    }
}

extension StringProtocol {
    /// The text, if it fits `columns`, else its longest beginning that does, with `ellipsis` after it.
    ///
    /// Never cuts a grapheme cluster; the result may be narrower than asked when a wide one does not fit. An ellipsis
    /// that does not fit itself is left out.
    public func truncated(to columns: Int, ellipsis: String = "…") -> String {
        if utf8.count <= columns, utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return String(self) }
        let dots = DisplayWidth.of(ellipsis) <= columns ? ellipsis : ""
        let room = columns - DisplayWidth.of(dots)
        var used = 0
        var cut = startIndex
        var index = startIndex
        while index < endIndex {
            let width = DisplayWidth.of(self[index])
            if used + width > columns { return self[..<cut] + dots }
            used += width
            index = self.index(after: index)
            if used <= room { cut = index }
        }
        return String(self)
    }
}
