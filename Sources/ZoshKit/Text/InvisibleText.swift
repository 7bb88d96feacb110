/// Blanks and characters without a shape, which spreadsheets, web pages and mail programs leave around what people
/// copy.
extension Unicode.Scalar {
    /// Whether nothing is seen where this stands: blanks of every kind, controls, zero-width and direction marks.
    public var isUnseen: Bool {
        if value < 0x80 { return value <= 0x20 || value == 0x7F }
        if value == 0x2800 || properties.isWhitespace || properties.isDefaultIgnorableCodePoint { return true }
        switch properties.generalCategory {
        case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator: return true
        default: return false
        }
    }
}

extension String {
    /// Without what is unseen at both ends.
    public var trimmedOfUnseen: String {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.isUnseen }),
            let last = scalars.lastIndex(where: { !$0.isUnseen })
        else { return "" }
        return String(scalars[first...last])
    }

    /// The text with every invisible character but plain blanks written out: `\u{a0}`.
    public var showingUnseen: String {
        guard unicodeScalars.contains(where: { $0.isUnseen && $0 != " " }) else { return self }
        var shown = ""
        for scalar in unicodeScalars {
            if scalar.isUnseen, scalar != " " {
                shown +=
                    scalar == "\t"
                    ? "\\t"
                    : scalar == "\n" ? "\\n" : scalar == "\r" ? "\\r" : "\\u{" + String(scalar.value, radix: 16) + "}"
            } else {
                shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }
}
