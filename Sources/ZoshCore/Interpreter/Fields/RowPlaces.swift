internal import ZoshKit

/// The connections whose rows reach a stage: there, not in the current one, is looked up what a condition compares
/// with.
struct RowPlaces: Sendable {
    let shells: [ShellContext]
    /// What is wrong with a connection whose rows may be among them; nothing can be looked up there.
    var absent: ZoshError?
    /// Answers as each of the shells, or remembers.
    private let directories: [any UserDirectory]

    /// - Parameters:
    ///   - places: the connections; nil for the current one.
    ///   - shell: the world as the line sees it, which is used when no connection is signed in.
    static func find(_ places: [ConnectionPlace]?, _ shell: ShellContext, _ contexts: any ContextSource) async throws
        -> RowPlaces
    {
        let here = shell.session.connection
        func isHere(_ place: ConnectionPlace) -> Bool { here.map(place.isOf) ?? false }
        guard let places, !places.isEmpty, !(places.count == 1 && isHere(places[0])) else { return RowPlaces([shell]) }
        var shells: [ShellContext] = []
        var absent: ZoshError?
        for place in places {
            if isHere(place) {
                shells.append(shell)
                continue
            }
            do { shells.append(try await contexts.context(of: place.name, progress: shell.progress)) } catch let error
                as ZoshError where error.kind != .cancelled
            { absent = absent ?? error }
        }
        return RowPlaces(shells.isEmpty ? [shell] : shells, absent: absent)
    }

    init(_ shells: [ShellContext], absent: ZoshError? = nil, directories: [any UserDirectory]? = nil) {
        self.shells = shells
        self.absent = absent
        self.directories = directories ?? shells.map(\.directory)
    }

    /// What names of fields mean: one that users of any of the connections have.
    var directory: any UserDirectory {
        directories.count == 1 ? directories[0] : JoinedDirectory(directories: directories)
    }

    /// The same places, each asking once for its fields.
    func remembering(_ remember: (ShellContext) -> any UserDirectory) -> RowPlaces {
        RowPlaces(shells, absent: absent, directories: shells.map(remember))
    }
}

/// The directories of several connections as one.
private struct JoinedDirectory: UserDirectory {
    let directories: [any UserDirectory]

    var snapshot: DirectorySnapshot { Self.joined(directories.map(\.snapshot)) }

    func fresh(within seconds: Int64) async throws -> DirectorySnapshot {
        var snapshots: [DirectorySnapshot] = []
        for directory in directories { snapshots.append(try await directory.fresh(within: seconds)) }
        return Self.joined(snapshots)
    }

    func fields(of resource: Resource) async throws -> FieldSet {
        var sets: [FieldSet] = []
        for directory in directories { sets.append(try await directory.fields(of: resource)) }
        return FieldSet(joining: sets)
    }

    private static func joined(_ all: [DirectorySnapshot]) -> DirectorySnapshot {
        let described = all.compactMap(\.fields)
        return DirectorySnapshot(
            people: all.flatMap(\.people), roles: all.flatMap(\.roles), profiles: all.flatMap(\.profiles),
            fetchedAt: all.compactMap(\.fetchedAt).min(), seenFields: all.flatMap(\.seenFields),
            fields: described.map(\.readAt).min().map {
                DirectorySnapshot.Fields(described: described.flatMap(\.described), readAt: $0)
            })
    }
}
