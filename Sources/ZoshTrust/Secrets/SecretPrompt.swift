public import ZoshKit

/// A console that can also ask for a secret. Only trusted modules get one, in their `init`.
public protocol SecretPrompt: Console {
    /// Asks for something secret without echo, or reads it from standard input when there is no terminal.
    /// - Throws: `ZoshError.cancelled` when the person gives up.
    func askSecret(_ prompt: String) async throws -> Secret
}
