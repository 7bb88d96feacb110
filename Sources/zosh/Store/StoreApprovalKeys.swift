import Vault
import ZoshGate
import ZoshKit
import ZoshTrust

/// The keys of approvals in the sealed store: one's own, which never leaves it, and those of others by name.
struct StoreApprovalKeys: ApprovalKeys {
    let storeSession: StoreSession

    func own() async throws -> String {
        let store = try await storeSession.forWriting()
        return try await mapped { try await store.signingKey() }
    }

    func sign(_ message: [UInt8]) async throws -> String {
        let store = try await storeSession.forWriting()
        return try await mapped { try await store.sign(message) }
    }

    func isSignature(_ signature: String, of message: [UInt8], by key: String) -> Bool {
        SealedStore.isSignature(signature, of: message, by: key)
    }

    func approvers() async throws -> [Approver] {
        guard let store = try await storeSession.existing() else { return [] }
        return try await mapped { try await store.read(.approver) }.map { try Self.approver($0) }
            .sorted { $0.name < $1.name }
    }

    func keep(_ approver: Approver) async throws {
        let store = try await storeSession.forWriting()
        let row: Row = [
            "format": 1, "name": .string(approver.name), "email": .string(approver.email),
            "key": .string(approver.key), "fingerprint": .string(approver.fingerprint),
        ]
        let body = Secret(copying: JSONWriter.text(.row(row)), locked: false)
        try await mapped {
            try await store.write { transaction in
                // Another process may have added one meanwhile.
                for known in try transaction.read(.approver).map(Self.approver)
                where known.name == approver.name || known.key == approver.key {
                    throw ZoshError(
                        .refused, "approver '\(known.name)' already has this name or key",
                        remedy: "choose another name, or first remove that one: approve keys remove NAME")
                }
                try transaction.add(.approver, body)
            }
        }
    }

    func forget(_ name: String) async throws -> Bool {
        guard let store = try await storeSession.existing() else { return false }
        return try await mapped {
            try await store.write { transaction in
                for record in try transaction.read(.approver) where try Self.approver(record).name == name {
                    return try transaction.delete(.approver, record.id)
                }
                return false
            }
        }
    }

    private static func approver(_ record: SealedRecord) throws -> Approver {
        let row = try? record.body.withUnsafeBytes { try JSONReader.value(of: Array($0)) }.row
        guard let row, let name = row.string("name"), let email = row.string("email"), let key = row.string("key"),
            let fingerprint = row.string("fingerprint")
        else {
            throw ZoshError(.local, "an approver's key in the store cannot be read", remedy: "vault verify")
        }
        return Approver(name: name, email: email, key: key, fingerprint: fingerprint)
    }
}
