internal import Synchronization
public import ZoshKit

/// What this process has written itself: Tab, hints and names show it as soon as Zoho does.
extension DirectoryRefresher {
    /// Whether a user was written whose new values have not been read yet.
    public nonisolated var isOutdated: Bool { unread.withLock { !$0.isEmpty } }

    /// Notes that a user was written: until they are read again, their known values are old.
    public nonisolated func noteWrite(to id: String) { unread.withLock { _ = $0.insert(id) } }

    /// Puts users as Zoho shows them now in the place of what was known of them.
    public func put(_ rows: [Row]) async { await put(rows.compactMap(Person.init(row:))) }

    /// Zoho has deleted a user. It continues to list them, with this status.
    public func putDeletion(of id: String) async {
        await restore()
        await complete()
        guard let position = current.position(ofID: id) else { return }
        await put([current.snapshot.people[position].deleted])
    }

    private func put(_ people: [Person]) async {
        await restore()
        // What quick answers need is being made from the old values; it would take the place of the new ones.
        await complete()
        if running != nil { for person in people { readMeanwhile[person.id] = person } }
        unread.withLock { $0.subtract(people.map(\.id)) }
        guard publish(people), let fetchedAt = current.snapshot.fetchedAt else { return }
        // Other processes begin with what is stored. What cannot be stored is still good for this run.
        try? await store?.save(DirectoryCoding.blocks(current.snapshot, wholeAt: wholeAt ?? fetchedAt), for: key)
    }

    /// After a fetch: what was read of single users since it began is at least as new.
    func putReadMeanwhile() {
        _ = publish(readMeanwhile.values.sorted { $0.id < $1.id })
        readMeanwhile = [:]
    }

    /// - Returns: whether that says anything new. Where nothing was ever fetched, a few users would look like all.
    private func publish(_ people: [Person]) -> Bool {
        let directory = current
        guard directory.snapshot.fetchedAt != nil, let changed = directory.replacing(people) else { return false }
        published.withLock { $0 = changed }
        return true
    }
}

extension Person {
    fileprivate var deleted: Person {
        Person(id: id, name: name, email: email, role: role, profile: profile, status: "deleted")
    }
}
