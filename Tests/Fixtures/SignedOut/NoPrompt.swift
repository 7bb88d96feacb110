public import ZoshKit
public import ZoshTrust

/// A console that has nobody to ask.
public struct NoPrompt: SecretPrompt {
    public init() {}

    public func note(_ text: String) {}
    public func ask(_ prompt: String) async throws -> String { throw Self.notAsked }
    public func askSecret(_ prompt: String) async throws -> Secret { throw Self.notAsked }
    public func confirm(_ question: Confirmation) async throws -> Bool { false }

    private static let notAsked = ZoshError(.cancelled, "there is nobody to ask")
}
