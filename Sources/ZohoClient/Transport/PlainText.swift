internal import ZoshKit

/// Text from outside made fit for a sentence: one line, short, no control characters, no tokens.
///
/// What Zoho or a gateway says ends up in error messages; it may hold terminal escapes, bidirectional overrides, a
/// whole web page, or a token in a URL.
enum PlainText {
    /// - Parameter limit: at most this many characters; a longer text ends in `…`.
    static func shown(_ text: String, limit: Int = 200) -> String {
        var clean = String.UnicodeScalarView()
        var wasSpace = true
        // Far more scalars than characters may be needed (combining marks); bounded all the same.
        for scalar in text.unicodeScalars.prefix(limit * 8) {
            if scalar.properties.isWhitespace {
                if !wasSpace { clean.append(" ") }
                wasSpace = true
                continue
            }
            wasSpace = false
            clean.append(scalar.isHostileToTerminals ? "\u{FFFD}" : scalar)
        }
        let line = Redaction.redacted(String(clean))
        let short = line.count > limit ? line.prefix(limit - 1) + "…" : Substring(line)
        return short.last == " " ? String(short.dropLast()) : String(short)
    }

    /// The same, as the end of a sentence: without its last period.
    static func sentence(_ text: String, limit: Int = 200) -> String {
        var shown = shown(text, limit: limit)
        while let last = shown.last, last == "." || last == " " { shown.removeLast() }
        return shown
    }
}
