import ZohoClient
import ZoshKit

/// Users as the tests of writing change them.
extension ResourceWriter {
    func create(_ fields: Row) async -> ChangeResult {
        await perform(Change(.create, .users, .new(handle: fields["email"]?.text ?? ""), fields: fields))
    }

    func update(id: String, fields: Row) async -> ChangeResult {
        await perform(Change(.update, .users, .existing(id: id), fields: fields))
    }

    func delete(id: String) async -> ChangeResult { await perform(Change(.delete, .users, .existing(id: id))) }

    func reread(ids: [String]) async throws -> [String: Row] { try await reread(.users, ids: ids) }
}
