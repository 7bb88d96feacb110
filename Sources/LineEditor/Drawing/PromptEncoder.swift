internal import CLibedit

/// Turns a `Prompt` into the wide string libedit draws, by the two rules its literals demand.
///
/// Rule one: invisible text is followed by visible text (a literal at the very end is dropped).
/// Rule two: two literals never touch (back to back they swap roles with the text).
/// So each span is `literal(reset + style)` in front of at least one visible character, and when the last
/// span is styled its last character is drawn plain behind the closing reset.
struct PromptEncoder {
    /// Marks the borders of invisible text; cannot occur in a prompt because control characters are dropped.
    static let delimiter: Unicode.Scalar = "\u{1}"

    var colors: Bool
    var asciiOnly: Bool

    /// The text with its literals, and the columns its visible part takes.
    func encode(_ prompt: Prompt) -> (text: String, width: Int) {
        let spans = visibleSpans(of: prompt)
        let text = join(spans)
        let padding = text.hasSuffix(Self.padded) ? 1 : 0
        return (text, spans.reduce(padding) { $0 + ColumnWidth.of($1.0) })
    }

    private func join(_ spans: [(String, TextStyle)]) -> String {
        var out = ""
        var current: String?
        for (text, style) in spans {
            let wanted = style.sequence(colors: colors)
            if wanted != current {
                out.unicodeScalars.append(Self.delimiter)
                out += (current == nil ? "" : TextStyle.reset) + (wanted ?? "")
                out.unicodeScalars.append(Self.delimiter)
                current = wanted
            }
            out += text
        }
        return current == nil ? out : closing(out)
    }

    /// Puts the final reset before the last visible character.
    private func closing(_ text: String) -> String {
        var scalars = text.unicodeScalars
        guard let last = scalars.popLast() else { return text }
        guard scalars.last != Self.delimiter else {
            // The styled part is a single character: keep its style and add a plain space to close behind.
            return text + Self.padded
        }
        return String(scalars) + literal(TextStyle.reset) + String(last)
    }

    private func literal(_ text: String) -> String {
        let mark = String(Self.delimiter)
        return mark + text + mark
    }

    private static let padded = "\u{1}\(TextStyle.reset)\u{1} "

    private func visibleSpans(of prompt: Prompt) -> [(String, TextStyle)] {
        prompt.spans.compactMap { span in
            let text = String(String.UnicodeScalarView(span.text.unicodeScalars.compactMap(visible)))
            return text.isEmpty ? nil : (text, span.style)
        }
    }

    private func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        if scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) { return nil }
        if asciiOnly && scalar.value > 0x7E { return scalar == "…" ? "~" : "?" }
        return scalar
    }
}
