import ZoshKit

/// The line that looks for a person by what was typed, fit to be run as it stands.
enum FindLine {
    /// Only letters and digits of the text and what stands inside addresses and names are kept, each piece a word:
    /// all of them must match, and none means anything to the language.
    static func looking(for text: String) -> String {
        let words = text.neutralised.split { !($0.isLetter || $0.isNumber || "@._".contains($0)) }
        return (["users", "find"] + words.map(String.init)).joined(separator: " ")
    }

    /// The same, on the connection where the line that failed has looked.
    static func looking(for text: String, in session: SessionSnapshot) -> String {
        PlacedRemedy(line: looking(for: text)).text(on: session.fixedConnection)
    }
}
