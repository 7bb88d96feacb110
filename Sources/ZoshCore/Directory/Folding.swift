internal import Foundation

/// Text as the search compares it: lower case, without accents, as bytes.
enum Folding {
    /// Appends the folded bytes of `text`; line feeds become spaces, since they divide fields.
    static func append(_ text: String, to bytes: inout [UInt8]) {
        var text = text
        let isPlain = text.withUTF8 { utf8 in
            guard utf8.allSatisfy({ $0 < 0x80 }) else { return false }
            for byte in utf8 { bytes.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte == 0x0A ? 0x20 : byte) }
            return true
        }
        guard !isPlain else { return }
        // Decomposed, an accent is a scalar of its own that can be left out: José is found by jose. The marks of
        // scripts that need them (Devanagari vowels) are spacing or outside this block, and stay.
        for scalar in text.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars {
            if (0x300..<0x370).contains(scalar.value) { continue }
            let kept = scalar == "\n" ? " " : scalar
            bytes.append(contentsOf: UTF8.encode(kept) ?? UTF8.encodedReplacementCharacter)
        }
    }

    static func bytes(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        append(text, to: &bytes)
        return bytes
    }
}
