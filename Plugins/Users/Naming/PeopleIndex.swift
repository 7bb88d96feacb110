import ZoshKit

/// The people of a directory by e-mail, id and name, so that thousands of names cost one pass over them.
struct PeopleIndex {
    let fetchedAt: Int64?
    private var byEmail: [String: [Person]] = [:]
    private var byID: [String: Person] = [:]
    private var byName: [String: [Person]] = [:]

    init(_ directory: DirectorySnapshot) {
        fetchedAt = directory.fetchedAt
        byEmail.reserveCapacity(directory.people.count)
        byID.reserveCapacity(directory.people.count)
        byName.reserveCapacity(directory.people.count)
        for person in directory.people {
            if !person.email.isEmpty { byEmail[EmailAddress.folded(person.email), default: []].append(person) }
            byID[person.id] = person
            byName[person.name.lowercased(), default: []].append(person)
        }
    }

    func people(_ email: WrittenEmail) -> [Person] { byEmail[email.key] ?? [] }

    /// All users meant by a text, as `DirectorySnapshot.people(matching:)` finds them.
    func people(matching text: String) -> [Person] {
        if let person = byID[text] { return [person] }
        return byEmail[EmailAddress.folded(text)] ?? byName[text.lowercased()] ?? []
    }
}
