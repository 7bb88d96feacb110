internal import Synchronization
internal import ZoshKit

/// The people of a connection as they would be once the lines before had run, by whom a later line of a dry run can
/// name them.
final class ForeseenDirectory: UserDirectory {
    private let directory: any UserDirectory
    private let foreseen: ForeseenChanges
    private let connection: String?
    private let made = Mutex<(key: Key, snapshot: DirectorySnapshot)?>(nil)

    /// What a snapshot was made of.
    private struct Key: Equatable {
        let fetchedAt: Int64?
        let count: Int
        let version: Int
    }

    init(_ directory: any UserDirectory, _ foreseen: ForeseenChanges, on connection: String?) {
        (self.directory, self.foreseen, self.connection) = (directory, foreseen, connection)
    }

    var snapshot: DirectorySnapshot { changed(directory.snapshot) }

    func fresh(within seconds: Int64) async throws -> DirectorySnapshot {
        changed(try await directory.fresh(within: seconds))
    }

    func fields(of resource: Resource) async throws -> FieldSet { try await directory.fields(of: resource) }

    private func changed(_ snapshot: DirectorySnapshot) -> DirectorySnapshot {
        let version = foreseen.version
        // Where no user was ever read, a few people would look like all.
        guard version > 0, snapshot.fetchedAt != nil else { return snapshot }
        let key = Key(fetchedAt: snapshot.fetchedAt, count: snapshot.people.count, version: version)
        if let made = made.withLock({ $0 }), made.key == key { return made.snapshot }
        let records = foreseen.records(of: .users, on: connection)
        let changed = Dictionary(
            records.filter { $0.addedBy == nil }.compactMap { Person(row: $0.row) }.map { ($0.id, $0) }
        ) { $1 }
        let people =
            snapshot.people.map { changed[$0.id] ?? $0 }
            + records.filter { $0.addedBy != nil }.compactMap { Person(row: $0.row) }
        let result = DirectorySnapshot(
            people: people, roles: snapshot.roles, profiles: snapshot.profiles, fetchedAt: snapshot.fetchedAt,
            seenFields: snapshot.seenFields, fields: snapshot.fields)
        made.withLock { $0 = (key, result) }
        return result
    }
}

extension ShellContext {
    /// The same context as a line of a dry run sees it, after the lines before it.
    func foreseeing(_ foreseen: ForeseenChanges) -> ShellContext {
        let connection = session.connection?.name
        return replacing(
            zoho: ForeseenZoho(zoho: zoho, foreseen: foreseen, connection: connection, console: console),
            directory: ForeseenDirectory(directory, foreseen, on: connection))
    }
}
