/// Keeps U+FEFF at the beginning of a value: Yams takes it for the mark of an encoding and leaves it out.
///
/// Before each one, as it is or as an escape, a character is put that the text does not have, and taken out of what was
/// read.
struct MarksInYAML {
    let text: String
    /// Nil where there is nothing to keep.
    private let guardian: Unicode.Scalar?

    init(_ text: String) {
        let scalars = Array(text.unicodeScalars)
        let places = Self.places(scalars)
        let used = places.isEmpty ? [] : Set(scalars)
        guardian =
            places.isEmpty
            ? nil
            : (0xE000...0xF8FF).lazy.compactMap { Unicode.Scalar($0) }.first {
                !used.contains($0)
            }
        guard let guardian else {
            self.text = text
            return
        }
        var kept = String.UnicodeScalarView()
        var next = places[...]
        for (index, scalar) in scalars.enumerated() {
            if next.first == index {
                kept.append(guardian)
                next.removeFirst()
            }
            kept.append(scalar)
        }
        self.text = String(kept)
    }

    func restored(_ value: String) -> String {
        guard let guardian, value.unicodeScalars.contains(guardian) else { return value }
        return String(String.UnicodeScalarView(value.unicodeScalars.filter { $0 != guardian }))
    }

    private static func places(_ scalars: [Unicode.Scalar]) -> [Int] {
        var places: [Int] = []
        var index = 0
        while index < scalars.count {
            if scalars[index] == "\u{FEFF}" {
                places.append(index)
            } else if scalars[index] == "\\" {
                for escape in ["\\ufeff", "\\U0000feff"]
                where scalars[index...].prefix(escape.count).map({ Character($0).lowercased() }).joined()
                    == escape.lowercased() && scalars[index + 1] == escape.unicodeScalars.dropFirst().first
                {
                    places.append(index)
                }
                // What is escaped escapes nothing.
                index += 1
            }
            index += 1
        }
        return places
    }
}
