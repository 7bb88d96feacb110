/// How a command speaks to the person: narration and questions, never results.
///
/// ```swift
/// shell.console.note("3 users have no role")
/// guard try await shell.console.confirm(Confirmation(question: "Continue?")) else { return .none }
/// ```
public protocol Console: Sendable {
    /// A sentence for standard error.
    func note(_ text: String)

    /// Asks for a line.
    func ask(_ prompt: String) async throws -> String

    /// Asks whether to continue. False when no question can be asked.
    func confirm(_ question: Confirmation) async throws -> Bool
}

/// A question whose answer can cost a person their access.
///
/// For example `Confirmation(question: "Delete 3 users of Acme (eu)?", word: "Acme")` is confirmed by typing `Acme`.
public struct Confirmation: Sendable, Hashable {
    /// "Deactivate 3 users of Acme (eu)?"
    public let question: String
    /// What exactly is meant: one line per target, already fit for a terminal.
    public let details: [String]
    /// When set, `y` is not enough: this word must be typed.
    public let word: String?

    public init(question: String, details: [String] = [], word: String? = nil) {
        self.question = question
        self.details = details
        self.word = word
    }

    /// Whether what was typed is the word asked for. An empty answer and `no` mean no.
    /// - Throws: `ZoshError.declined` for any other word, so that a typing error does not pass for a refusal.
    public func isConfirmed(typing answer: String, for word: String) throws(ZoshError) -> Bool {
        if answer == word { return true }
        if ["", "n", "no"].contains(answer.lowercased()) { return false }
        throw ZoshError(.declined, "That was not '\(word.neutralised)'. Nothing changed.")
    }
}
