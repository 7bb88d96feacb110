/// Scripts written on Windows end their lines in CR LF.
///
/// The lexer takes either for a line break. Between quotes both characters would stay, so a text whose first line ends
/// so is read with LF; a recording, whose own lines end in LF, keeps a CR that a value holds.
enum LineBreaks {
    static func read(_ text: String) -> String {
        let bytes = text.utf8
        guard let first = bytes.firstIndex(of: UInt8(ascii: "\n")), first != bytes.startIndex,
            bytes[bytes.index(before: first)] == UInt8(ascii: "\r")
        else { return text }
        var result = String.UnicodeScalarView()
        var isAfterReturn = false
        for scalar in text.unicodeScalars {
            if isAfterReturn, scalar != "\n" { result.append("\r") }
            isAfterReturn = scalar == "\r"
            if !isAfterReturn { result.append(scalar) }
        }
        if isAfterReturn { result.append("\r") }
        return String(result)
    }
}
