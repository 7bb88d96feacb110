public import ZoshKit

/// Asks for an OAuth client's id and secret, and checks what can be checked before Zoho sees it.
public enum ClientTyping {
    /// - Parameters:
    ///   - console: for everything but the secret.
    ///   - attempts: how often each is asked for; one where answers come from standard input, since the next line there
    ///     is the answer to another question.
    /// - Throws: `ZoshError.usage` when no attempt brings a usable answer.
    public static func ask(
        _ kind: ClientKind, _ console: any Console, _ prompt: any SecretPrompt, attempts: Int
    ) async throws -> (id: String, secret: Secret) {
        let id = try await repeated(attempts, console, "a client id looks like 1000. and thirty letters and digits") {
            let id = try await console.ask("Client id: ").filter { !$0.isWhitespace }
            return !id.isEmpty && id.utf8.allSatisfy { (0x21..<0x7F).contains($0) } ? id : nil
        }
        let tail = id.split(separator: ".", omittingEmptySubsequences: false)
        if tail.count != 2 || !["1000", "1004"].contains(tail[0]) || !(20...40).contains(tail[1].count) {
            console.note(
                "Note: Zoho's client ids look like 1000. and thirty letters and digits; this one does not. It is used "
                    + "as typed."
            )
        }
        return (id, try await secret(kind, console, prompt, attempts: attempts))
    }

    /// - Returns: the secret, without the blanks that a copied one has around it; empty only for a client that needs
    ///   none.
    public static func secret(
        _ kind: ClientKind, _ console: any Console, _ prompt: any SecretPrompt, attempts: Int
    ) async throws -> Secret {
        let rule = kind == .mobile ? "a client secret has no spaces" : "a client secret has no spaces and is not empty"
        return try await repeated(attempts, console, rule) {
            let secret = try await prompt.askSecret("Client secret: ").withoutBlanksAround
            let isPlain = secret.withUnsafeBytes { bytes in !bytes.contains { $0 <= 0x20 || $0 >= 0x7F } }
            return isPlain && (!secret.isEmpty || kind == .mobile) ? secret : nil
        }
    }

    /// A slip in pasting must not cost the steps done so far.
    private static func repeated<Answer>(
        _ attempts: Int, _ console: any Console, _ rule: String, _ ask: () async throws -> Answer?
    ) async throws -> Answer {
        for attempt in 1...max(1, attempts) {
            if let answer = try await ask() { return answer }
            if attempt < attempts { console.note("\(rule.prefix(1).uppercased() + rule.dropFirst()); paste it again") }
        }
        throw ZoshError(.usage, rule, remedy: "copy it from the API console, Client Secret tab")
    }
}

extension Secret {
    /// What a web page or a mail puts around copied text: ASCII blanks and line breaks, and in UTF-8 the no-break,
    /// ideographic and zero-width spaces and the byte order mark.
    private static let blanks: [[UInt8]] =
        (0x09...0x0D).map { [$0] } + [
            [0x20], [0xC2, 0xA0], [0xE3, 0x80, 0x80], [0xE2, 0x80, 0x8B], [0xE2, 0x80, 0xAF], [0xEF, 0xBB, 0xBF],
        ]

    /// The same without blanks at its ends. Works on the bytes, so that no text of it is left in memory.
    public var withoutBlanksAround: Secret {
        withUnsafeBytes { bytes in
            var rest = bytes[...]
            while let blank = Self.blanks.first(where: { rest.starts(with: $0) }) { rest = rest.dropFirst(blank.count) }
            while let blank = Self.blanks.first(where: {
                rest.count >= $0.count && rest.suffix($0.count).elementsEqual($0)
            }) {
                rest = rest.dropLast(blank.count)
            }
            return Secret(UnsafeRawBufferPointer(rebasing: rest))
        }
    }
}
