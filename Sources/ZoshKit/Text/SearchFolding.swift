private import Foundation

extension String {
    /// The text as searches compare it: lower case, without accents. José is found by jose, and jose by José.
    ///
    /// Decomposed, an accent is a separate scalar that can be left out. The marks of scripts that need them
    /// (Devanagari vowels) are spacing or outside the block of accents, and stay.
    public var foldedForSearch: String {
        var folded = String.UnicodeScalarView()
        for scalar in lowercased().decomposedStringWithCanonicalMapping.unicodeScalars
        where !(0x300..<0x370).contains(scalar.value) {
            // A sigma is written in two ways, by its place in the word.
            folded.append(scalar == "ς" ? "σ" : scalar)
        }
        return String(folded)
    }
}
