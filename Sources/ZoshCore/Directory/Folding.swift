internal import Foundation

/// Text as the search compares it: lower case, without accents, as bytes.
///
/// One value folds many texts and remembers what it has worked out: a directory holds the same letters over and over.
struct Folding {
    /// Scalars outside ASCII.
    private var known: [Unicode.Scalar: Folded] = [:]

    private struct Folded {
        var bytes: [UInt8] = []
        /// Whether a mark that follows may have to change places with one in here.
        let endsInMark: Bool
        /// Whether it is a mark itself.
        let isMark: Bool
    }

    /// Appends the folded bytes of `text`; line feeds become spaces, since they divide fields.
    mutating func append(_ text: String, to bytes: inout [UInt8]) {
        var text = text
        let isPlain = text.withUTF8 { utf8 in
            guard utf8.allSatisfy({ $0 < 0x80 }) else { return false }
            for byte in utf8 { bytes.append(Self.folded(byte)) }
            return true
        }
        guard !isPlain else { return }
        let start = bytes.count
        var isAfterMark = false
        for scalar in text.unicodeScalars {
            guard !scalar.isASCII else {
                bytes.append(Self.folded(UInt8(scalar.value)))
                isAfterMark = false
                continue
            }
            let folded = folded(scalar)
            if folded.isMark, isAfterMark {
                bytes.removeSubrange(start...)
                return Self.append(whole: text, to: &bytes)
            }
            bytes.append(contentsOf: folded.bytes)
            isAfterMark = folded.endsInMark
        }
    }

    static func bytes(_ text: String) -> [UInt8] {
        var folding = Folding()
        var bytes: [UInt8] = []
        folding.append(text, to: &bytes)
        return bytes
    }

    private static func folded(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte == 0x0A ? 0x20 : byte }

    /// Decomposed, an accent is a scalar of its own that can be left out: José is found by jose. The marks of scripts
    /// that need them (Devanagari vowels) are spacing or outside this block, and stay.
    private static func isLeftOut(_ scalar: Unicode.Scalar) -> Bool { (0x300..<0x370).contains(scalar.value) }

    private mutating func folded(_ scalar: Unicode.Scalar) -> Folded {
        if let known = known[scalar] { return known }
        func isMark(_ scalar: Unicode.Scalar?) -> Bool { scalar.map { $0.properties.canonicalCombiningClass != .notReordered } ?? false }
        let parts = String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars
        var folded = Folded(endsInMark: isMark(parts.last), isMark: isMark(parts.first))
        Self.append(whole: String(scalar), to: &folded.bytes)
        known[scalar] = folded
        return folded
    }

    /// The same by the whole text, which may order marks anew.
    private static func append(whole text: String, to bytes: inout [UInt8]) {
        for scalar in text.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars where !isLeftOut(scalar) {
            // A sigma is written in two ways, by its place in the word.
            let kept: Unicode.Scalar = scalar == "\n" ? " " : scalar == "ς" ? "σ" : scalar
            bytes.append(contentsOf: UTF8.encode(kept) ?? UTF8.encodedReplacementCharacter)
        }
    }
}
