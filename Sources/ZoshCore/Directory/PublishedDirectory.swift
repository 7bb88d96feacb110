public import ZoshKit

/// A directory with what is needed to answer from it at once; built off the keyboard's path, immutable afterwards.
public struct PublishedDirectory: Sendable {
    public let snapshot: DirectorySnapshot
    public let index: UserIndex
    public let search: PeopleSearch

    public init(_ snapshot: DirectorySnapshot) {
        self.snapshot = snapshot
        index = UserIndex(snapshot.people)
        search = PeopleSearch(snapshot.people)
    }

    public static let empty = PublishedDirectory(.empty)
}
