public import ZoshKit

/// The keys of approvals: the sealed store, fitted by the executable.
public protocol ApprovalKeys: Sendable {
    /// The public key of this store, in hexadecimal digits; made when it is first asked for.
    func own() async throws -> String

    /// A signature by this store's key, in hexadecimal digits.
    func sign(_ message: [UInt8]) async throws -> String

    func isSignature(_ signature: String, of message: [UInt8], by key: String) -> Bool

    /// The people whose approvals count here, by name.
    func approvers() async throws -> [Approver]

    func keep(_ approver: Approver) async throws

    /// - Returns: false when there was none of this name.
    func forget(_ name: String) async throws -> Bool
}
