/// What a terminal sends for one key that has no character: ESC and what belongs to it, found one scalar at a time.
///
/// Only its end matters here, also of an unknown key: half of one, left behind, would be typed into the line.
struct KeySequence {
    enum Step {
        case more, complete
        /// The scalar is not part of it, which had no end: it begins something else.
        case broken
    }

    private(set) var scalars: [Unicode.Scalar] = ["\u{1B}"]

    mutating func take(_ scalar: Unicode.Scalar) -> Step {
        if isFunctionKey, !(0x20...0x7E).contains(scalar.value) { return .broken }
        scalars.append(scalar)
        switch scalars.count {
        case 2: return isFunctionKey ? .more : .complete
        // The console of Linux sends ESC [ [ A for F1.
        case 3 where scalars[1] == "[" && scalar == "[": return .more
        case 4 where scalars[2] == "[": return .complete
        default: return scalar.value < 0x40 ? .more : .complete
        }
    }

    /// True when it can be nothing but a key: ESC and a letter may also be Esc, then the letter.
    var isFunctionKey: Bool { scalars.count > 1 && (scalars[1] == "[" || scalars[1] == "O") }

    /// How long to wait for the rest where a lone ESC is a key by itself.
    var patience: Int32 { scalars.count > 1 && scalars[1] == "[" ? 1000 : 25 }

    /// The key as a menu understands it.
    var editKey: EditKey {
        guard isFunctionKey, scalars.count > 2, let final = scalars.last else { return .unknown }
        return EditKey(final: final, parameters: String(String.UnicodeScalarView(scalars.dropFirst(2).dropLast())))
    }
}
