import CLinux
import Glibc
import Vault
import ZoshKit
import ZoshTrust

/// The OAuth clients in the sealed store, by name.
struct SealedClients: Sendable {
    let storeSession: StoreSession

    /// Opens the store, or makes it, before a login spends anything that works once.
    func prepare() async throws {
        _ = try await storeSession.forWriting()
        try await storeSession.beforeSignIn.run()
    }

    func all() async throws -> [ClientDraft] {
        guard let store = try await storeSession.existing() else { return [] }
        return try await mapped { try await store.read(.client) }.map { try Self.client($0) }.sorted {
            $0.name < $1.name
        }
    }

    /// - Throws: `ZoshError.notFound` naming the clients there are.
    func client(named name: String) async throws -> ClientDraft {
        let all = try await all()
        if let found = all.first(where: { $0.name == name }) { return found }
        throw ZoshError(
            .notFound, "there is no client '\(name.neutralised)'",
            remedy: all.isEmpty ? "auth setup" : "there are: \(all.map(\.name).fewNames)")
    }

    /// Replaces the client of the same name.
    func save(_ client: ClientDraft) async throws {
        let store = try await storeSession.forWriting()
        let known = try await mapped { try await store.read(.client) }
        let id = try known.first { try Self.client($0).name == client.name }?.id ?? RecordID()
        var writer = JSONWriter()
        writer.write(
            Row([
                ("format", 1), ("name", .string(client.name)), ("client_id", .string(client.id)),
                ("client_secret", .string(client.secret.revealed())), ("type", .string(client.kind.rawValue)),
                ("dc", Value(client.dataCentre)),
            ]))
        var bytes = writer.drain()
        defer { bytes.withUnsafeMutableBytes { if let base = $0.baseAddress { zosh_wipe(base, $0.count) } } }
        let body = Secret(bytes)
        try await mapped { try await store.write { try $0.put(.client, id, body) } }
    }

    func remove(_ name: String) async throws {
        _ = try await client(named: name)
        guard let store = try await storeSession.existing() else { return }
        for record in try await mapped({ try await store.read(.client) }) where try Self.client(record).name == name {
            let id = record.id
            try await mapped { try await store.write { _ = try $0.delete(.client, id) } }
        }
    }

    private static func client(_ record: SealedRecord) throws -> ClientDraft {
        var bytes = record.body.withUnsafeBytes { Array($0) }
        defer { bytes.withUnsafeMutableBytes { if let base = $0.baseAddress { zosh_wipe(base, $0.count) } } }
        guard let row = try? JSONReader.value(of: bytes).row, let name = row.string("name"),
            let id = row.string("client_id")
        else {
            throw ZoshError(.local, "a stored client cannot be read", remedy: "auth clients add replaces it")
        }
        return ClientDraft(
            name: name, id: id, secret: Secret(copying: row.string("client_secret") ?? ""),
            kind: row.string("type").flatMap(ClientKind.init(rawValue:)) ?? .server, dataCentre: row.string("dc"))
    }
}
