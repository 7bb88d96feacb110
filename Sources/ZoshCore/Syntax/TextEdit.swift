internal import ZoshKit

/// Pieces of a text replaced by others.
enum TextEdit {
    static func apply(_ replacements: [(span: Span, text: String)], to text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        var place = 0
        for (span, piece) in replacements.sorted(by: { $0.span.lower < $1.span.lower }) where span.lower >= place {
            result.append(contentsOf: scalars[place..<span.lower])
            result.append(contentsOf: piece.unicodeScalars)
            place = span.upper
        }
        result.append(contentsOf: scalars[place...])
        return String(result)
    }
}
