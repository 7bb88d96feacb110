/// How libedit writes keys: `^T`, `\et`, `\033[A`.
enum KeyNotation {
    /// The scalars a notation stands for.
    static func scalars(of key: String) -> [Unicode.Scalar] {
        var rest = Array(key.unicodeScalars)[...]
        var found: [Unicode.Scalar] = []
        while let first = rest.popFirst() {
            if first == "^", let letter = rest.popFirst() {
                found.append(letter == "?" ? "\u{7F}" : Unicode.Scalar(UInt8(letter.value & 0x1F)))
            } else if first == "\\", let letter = rest.popFirst() {
                found.append(escaped(letter, &rest))
            } else {
                found.append(first)
            }
        }
        return found
    }

    private static func escaped(_ letter: Unicode.Scalar, _ rest: inout ArraySlice<Unicode.Scalar>) -> Unicode.Scalar {
        switch letter {
        case "e", "E": return "\u{1B}"
        case "a": return "\u{7}"
        case "b": return "\u{8}"
        case "t": return "\t"
        case "n": return "\n"
        case "v": return "\u{B}"
        case "f": return "\u{C}"
        case "r": return "\r"
        case "0"..."7":
            var value = letter.value - 0x30
            for _ in 0..<2 {
                guard let digit = rest.first, ("0"..."7").contains(digit) else { break }
                rest.removeFirst()
                value = value * 8 + digit.value - 0x30
            }
            return Unicode.Scalar(UInt8(truncatingIfNeeded: value))
        default: return letter
        }
    }

    static func notation(_ key: String) -> String {
        key.unicodeScalars.map { scalar -> String in
            switch scalar.value {
            case 0x1B: "\\e"
            case 0x7F: "^?"
            case 0..<0x20: "^" + String(UnicodeScalar(UInt8(scalar.value + 0x40)))
            default: String(scalar)
            }
        }.joined()
    }
}
