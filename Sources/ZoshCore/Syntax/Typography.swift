internal import ZoshKit

/// Characters that word processors, wikis and chat programs put in the place of those that were typed.
///
/// A quote, a dash or a space of theirs means nothing to the language and looks as if it did, so where one could be
/// meant it is refused. Inside straight quotes, and inside a word (O’Brien), it is ordinary text.
enum Typography {
    /// What is wrong with a bare character of a word.
    /// - Parameters:
    ///   - before: what stands before it in the word, or nil at its beginning.
    ///   - dashes: whether nothing but dashes stands before it.
    static func mistake(_ scalar: Unicode.Scalar, after before: Unicode.Scalar?, dashes: Bool, at span: Span)
        -> ZoshError?
    {
        // Most text is ASCII.
        guard scalar.value >= 0x80 else { return nil }
        let begins = before.map { signs.contains($0) } ?? true
        if begins, let quote = quotes[scalar] {
            return ZoshError(
                .usage, "\(scalar) is a typographic quote", at: span, remedy: "use straight quotes: \(quote)…\(quote)")
        }
        if before == nil || dashes, isDash(scalar) {
            return ZoshError(
                .usage, "\(scalar) is a typographic dash", at: span, remedy: "use -- for an option, or quote a text")
        }
        guard begins || !isPartOfWords(scalar), let name = name(ofSpace: scalar) else { return nil }
        return ZoshError(
            .usage, "there is \(name) here (\(code(scalar)))", at: span,
            remedy: "use an ordinary space, or quote a text")
    }

    /// What a word can begin behind: a value, an element of a list, a condition's right side, a file.
    private static let signs: Set<Unicode.Scalar> = ["=", ",", "(", "<", ">", "~", "@", "!"]

    private static let quotes: [Unicode.Scalar: String] = [
        "\u{201C}": "\"", "\u{201D}": "\"", "\u{201E}": "\"", "\u{201F}": "\"", "\u{00AB}": "\"", "\u{00BB}": "\"",
        "\u{2018}": "'", "\u{2019}": "'", "\u{201A}": "'", "\u{201B}": "'", "\u{2039}": "'", "\u{203A}": "'",
        "\u{2032}": "'", "\u{2033}": "\"", "\u{FF02}": "\"", "\u{FF07}": "'", "\u{00B4}": "'",
    ]

    private static func isDash(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63, 0xFF0D, 0x00AD: true
        default: false
        }
    }

    /// White space beyond ASCII, and what shows nothing at all.
    private static func name(ofSpace scalar: Unicode.Scalar) -> String? {
        switch scalar.value {
        case 0x00A0, 0x202F, 0x2007: "a no-break space"
        case 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD: "an invisible character"
        case 0x200E, 0x200F, 0x061C, 0x202A...0x202E, 0x2066...0x2069: "an invisible mark of writing direction"
        default: scalar.properties.isWhitespace ? "a typographic space" : nil
        }
    }

    /// Joiners are letters' business in several scripts.
    private static func isPartOfWords(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value == 0x200C || scalar.value == 0x200D
    }

    private static func code(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

extension Typography {
    /// What is wrong with a word that was split by the caller. Only where it begins: what stands further on may have
    /// been quoted for the caller.
    static func mistake(inSplit word: String, at start: Int = 0) -> ZoshError? {
        mistake(in: word, at: start, everywhere: false)
    }

    /// Whether a word needs quotes to be taken as it is.
    static func needsQuotes(_ word: String) -> Bool { mistake(in: word, at: 0, everywhere: true) != nil }

    private static func mistake(in word: String, at start: Int, everywhere: Bool) -> ZoshError? {
        var before: Unicode.Scalar?
        var dashes = true
        for (place, scalar) in word.unicodeScalars.enumerated() {
            let isBeginning = dashes || before.map(signs.contains) ?? true
            if everywhere || isBeginning,
                let error = mistake(scalar, after: before, dashes: dashes, at: Span(start + place, start + place + 1))
            {
                return error
            }
            if scalar != "-" { dashes = false }
            before = scalar
        }
        return nil
    }
}
