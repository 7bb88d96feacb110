public import ZoshKit

/// A directory with what is needed to answer from it at once; built off the keyboard's path, immutable afterwards.
public struct PublishedDirectory: Sendable {
    public let snapshot: DirectorySnapshot
    /// nil while it is still being made.
    public let index: UserIndex?
    public let search: PeopleSearch

    public init(_ snapshot: DirectorySnapshot) {
        self.init(snapshot, index: UserIndex(snapshot.people), search: PeopleSearch(snapshot.people))
    }

    private init(_ snapshot: DirectorySnapshot, index: UserIndex?, search: PeopleSearch) {
        self.snapshot = snapshot
        self.index = index
        self.search = search
    }

    /// What can be answered from soonest: with 100 000 people, somebody may be waiting with a finger on Tab.
    static func provisional(_ snapshot: DirectorySnapshot) async -> PublishedDirectory {
        await PublishedDirectory(snapshot, index: nil, search: .provisional(snapshot.people))
    }

    /// The same with everything that makes answers quick, index and search made side by side.
    func completed() async -> PublishedDirectory {
        async let index = UserIndex(snapshot.people)
        let search = await search.completed()
        return await PublishedDirectory(snapshot, index: index, search: search)
    }

    public static let empty = PublishedDirectory(.empty)
}
