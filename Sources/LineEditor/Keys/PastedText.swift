/// What a terminal sends between the marks of a paste, made fit for a line.
enum PastedText {
    /// Line ends of every sort become `\n`; other control characters but tab are dropped.
    ///
    /// While editing, the terminal swaps CR and LF, so a pasted CRLF arrives as LF CR: both orders count as one.
    static func clean(_ scalars: [Unicode.Scalar]) -> String {
        var out = String.UnicodeScalarView()
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            index += 1
            switch scalar.value {
            case 0x0A, 0x0D:
                out.append("\n")
                if index < scalars.count, isLineEnd(scalars[index]), scalars[index] != scalar { index += 1 }
            case 0x09:
                out.append(scalar)
            case 0..<0x20, 0x7F..<0xA0:
                continue
            default:
                out.append(scalar)
            }
        }
        return String(out)
    }

    private static func isLineEnd(_ scalar: Unicode.Scalar) -> Bool { scalar == "\n" || scalar == "\r" }
}
