/// Recognises the sequence a terminal sends before a paste, one key at a time.
///
/// Time plays no part: on a slow line the mark may arrive in pieces, and a paste that is not recognised would
/// run its first line.
struct PasteMark {
    static let begin: [Unicode.Scalar] = Array("\u{1B}[200~".unicodeScalars)
    static let end: [Unicode.Scalar] = Array("\u{1B}[201~".unicodeScalars)

    private var matched = 0

    /// True when `scalar` completes the mark.
    mutating func advance(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == Self.begin[matched] {
            matched += 1
        } else {
            matched = scalar == Self.begin[0] ? 1 : 0
        }
        guard matched == Self.begin.count else { return false }
        matched = 0
        return true
    }
}
