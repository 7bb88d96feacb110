import ZoshCore
import ZoshKit

/// A column of ids or e-mails pasted at the empty prompt, as the line that looks them all up.
enum PastedList {
    /// What a column of them is called where it was copied.
    private static let headings: Set<String> = ["id", "ids", "email", "emails", "e-mail", "e-mails", "mail", "userid"]

    /// - Returns: nil when any of the words is neither an id nor an e-mail; one heading above them is left out.
    static func line(of words: [String]) -> String? {
        let isHeaded = words.first.map { headings.contains($0.lowercased()) } ?? false
        let targets = words.dropFirst(isHeaded ? 1 : 0).map(target)
        guard !targets.isEmpty, targets.allSatisfy({ $0 != nil }) else { return nil }
        return "users lookup " + targets.compactMap { $0.map { Syntax.quoted($0) } }.joined(separator: ",")
    }

    static func isTarget(_ word: String) -> Bool { target(word) != nil }

    private static func target(_ word: String) -> String? {
        let id = WrittenID(word)
        // One that a spreadsheet has damaged is for the look-up to refuse: it is not a command either.
        let digits = id.digits.map { ZohoID.isID(amongNames: $0) }
        if digits ?? (id.isDamaged && id.text.utf8.count >= 6) { return id.text }
        return (try? WrittenEmail(word))?.text
    }
}
