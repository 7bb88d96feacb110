internal import ZoshKit

/// A public key as people exchange it: one word with the owner's e-mail address, the key, and what shows that it is
/// whole.
enum ApproverText {
    private static let mark = "zosh-approver"

    static func text(of key: String, email: String, _ signer: any PlanSigner) -> String {
        let body = "\(email.lowercased()):\(key)"
        return "\(mark):\(body):\(check(body, signer))"
    }

    /// - Throws: `ZoshError.usage` for a text that is not such a key.
    static func approver(named name: String, _ text: String, _ signer: any PlanSigner) throws -> Approver {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, parts[0] == mark, parts[1].contains("@"), parts[1].neutralised == parts[1],
            parts[2].utf8.count == 64, parts[2].utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }),
            parts[3] == check("\(parts[1]):\(parts[2])", signer)
        else {
            throw ZoshError(
                .usage, "that is not an approver's key, or not the whole of it",
                remedy: "ask its owner for what 'approve keys list' shows there")
        }
        return Approver(
            name: name, email: parts[1], key: parts[2], fingerprint: fingerprint(of: parts[2], signer))
    }

    /// Eighty bits, in groups that can be read aloud.
    static func fingerprint(of key: String, _ signer: any PlanSigner) -> String {
        let digits = Array(signer.digest(of: Array(key.utf8)).prefix(20))
        return stride(from: 0, to: digits.count, by: 4).map { String(digits[$0..<min($0 + 4, digits.count)]) }
            .joined(separator: " ")
    }

    private static func check(_ body: String, _ signer: any PlanSigner) -> String {
        String(signer.digest(of: Array("\(mark):\(body)".utf8)).prefix(8))
    }
}
