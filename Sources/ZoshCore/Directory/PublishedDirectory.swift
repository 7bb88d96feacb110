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
    init(provisionally snapshot: DirectorySnapshot, _ texts: FoldedPeople) {
        self.init(snapshot, index: nil, search: PeopleSearch(provisionally: snapshot.people, texts))
    }

    /// The same with everything that makes answers quick; made by one processor, since the others have somebody typing.
    func completed() async -> PublishedDirectory {
        PublishedDirectory(snapshot, index: UserIndex(snapshot.people), search: search.completed)
    }

    /// The same people with other fields.
    func with(fields: DirectorySnapshot.Fields) -> PublishedDirectory {
        var snapshot = snapshot
        snapshot.fields = fields
        return PublishedDirectory(snapshot, index: index, search: search)
    }

    /// Made apart from whoever waits for it.
    static func made(of snapshot: DirectorySnapshot) async -> PublishedDirectory { PublishedDirectory(snapshot) }

    public static let empty = PublishedDirectory(.empty)
}
