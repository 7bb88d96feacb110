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

    /// Made as fast as possible: with 100 000 people, a completion may be waiting for it.
    init(provisionally snapshot: DirectorySnapshot, _ texts: FoldedPeople) {
        self.init(snapshot, index: nil, search: PeopleSearch(provisionally: snapshot.people, texts))
    }

    /// The same with the indices that make answers quick; made on one processor, so that typing stays quick.
    func completed() async -> PublishedDirectory {
        PublishedDirectory(snapshot, index: UserIndex(snapshot.people), search: search.completed)
    }

    /// The same people with other fields.
    func with(fields: DirectorySnapshot.Fields) -> PublishedDirectory {
        var snapshot = snapshot
        snapshot.fields = fields
        return PublishedDirectory(snapshot, index: index, search: search)
    }

    /// Where a person of exactly this id stands.
    func position(ofID id: String) -> Int? {
        if let index { return index.position(ofID: id) }
        return snapshot.people.firstIndex { $0.id == id }
    }

    /// The same with these people in the place of those with their ids, new ones behind the others; nil when nothing
    /// changes. Who only changes role or status costs no new index.
    func replacing(_ changed: [Person]) -> PublishedDirectory? {
        var people = snapshot.people
        var added: [String: Int] = [:]
        var isFoundAlike = true
        var isSame = true
        for person in changed {
            guard let position = position(ofID: person.id) ?? added[person.id] else {
                added[person.id] = people.count
                people.append(person)
                isFoundAlike = false
                continue
            }
            let before = people[position]
            guard before != person else { continue }
            isSame = false
            isFoundAlike = isFoundAlike && before.name == person.name && before.email == person.email
            people[position] = person
        }
        guard !isSame || !added.isEmpty else { return nil }
        let snapshot = DirectorySnapshot(
            people: people, roles: snapshot.roles, profiles: snapshot.profiles, fetchedAt: snapshot.fetchedAt,
            seenFields: snapshot.seenFields, fields: snapshot.fields)
        guard isFoundAlike else { return PublishedDirectory(snapshot) }
        return PublishedDirectory(
            snapshot, index: index?.replacing(people), search: search.replacing(people))
    }

    /// Made apart from its readers.
    static func made(of snapshot: DirectorySnapshot) async -> PublishedDirectory { PublishedDirectory(snapshot) }

    public static let empty = PublishedDirectory(.empty)
}
