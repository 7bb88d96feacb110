/// Where characters, as people see them, begin and end among the scalars of a line.
enum Graphemes {
    /// How many scalars the character before `cursor` has; 0 at the start.
    static func lengthBefore(_ cursor: Int, in scalars: [Unicode.Scalar]) -> Int {
        guard cursor > 0 else { return 0 }
        // A window is enough: no character people type has more scalars than this.
        let window = scalars[max(0, cursor - 64)..<cursor]
        return String(String.UnicodeScalarView(window)).last?.unicodeScalars.count ?? 1
    }

    /// How many scalars the character after `cursor` has; 0 at the end.
    static func lengthAfter(_ cursor: Int, in scalars: [Unicode.Scalar]) -> Int {
        guard cursor < scalars.count else { return 0 }
        let window = scalars[cursor..<min(scalars.count, cursor + 64)]
        return String(String.UnicodeScalarView(window)).first?.unicodeScalars.count ?? 1
    }
}
