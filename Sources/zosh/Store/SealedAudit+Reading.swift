import Vault
import ZoshKit
import ZoshTrust

/// The audit log as it is read, checked and written out.
extension SealedAudit: AuditService {
    func lines(last count: Int?, where isWanted: (@Sendable (Row) -> Bool)?) async throws -> [Row] {
        guard let store = try await storeSession.existing() else { return [] }
        let lines = try await mapped {
            try await store.read { reader in
                var lines: [Row?] = []
                try reader.visitLog(.audit, last: isWanted == nil ? count : nil) { entry in
                    let row = try? JSONReader.value(of: entry.body.withUnsafeBytes { Array($0) }).row
                    if let row, let isWanted, !isWanted(row) { return }
                    lines.append(row)
                    // Now and then is often enough to keep it short.
                    if let count, lines.count > 2 * count + 1000 { lines.removeFirst(lines.count - count) }
                }
                return lines
            }
        }
        return try lines.suffix(count ?? .max).map { line in
            guard let line else {
                throw ZoshError(.local, "a line of the audit log cannot be read", remedy: "audit verify")
            }
            return line
        }
    }

    func check(lookingFor head: String?) async throws -> AuditHead {
        guard let store = try await storeSession.existing() else { throw nothing }
        return try await checked("the audit log") {
            try await store.read { try $0.checkChain(.audit, lookingFor: head) }
        }
    }

    func check(file: String, lookingFor head: String?) async throws -> AuditHead {
        try await checked(file) { try ChainFile.check(file, lookingFor: head) }
    }

    func export(to file: String, replacing: Bool) async throws -> AuditHead {
        guard let store = try await storeSession.existing() else { throw nothing }
        return try await checked("the audit log") {
            try await store.exportChain(.audit, to: file, replacing: replacing)
        }
    }

    private var nothing: ZoshError { ZoshError(VaultError.notCreated(path: storeSession.store.path)) }

    private func checked(_ what: String, _ body: () async throws -> PlainChain.End) async throws -> AuditHead {
        do {
            let end = try await mapped(body)
            return AuditHead(lines: end.count, hash: end.head)
        } catch let fault as PlainChain.Fault {
            throw ZoshError(.local, "\(what.neutralised) was changed: \(fault.problem)")
        }
    }
}
