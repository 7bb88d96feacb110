import ZoshKit

/// The people of a directory by e-mail, so that a file of thousands costs one pass over them.
struct PeopleIndex {
    let fetchedAt: Int64?
    private var byEmail: [String: [Person]] = [:]

    init(_ directory: DirectorySnapshot) {
        fetchedAt = directory.fetchedAt
        byEmail.reserveCapacity(directory.people.count)
        for person in directory.people where !person.email.isEmpty {
            byEmail[EmailAddress.folded(person.email), default: []].append(person)
        }
    }

    func people(_ email: WrittenEmail) -> [Person] { byEmail[email.key] ?? [] }
}
