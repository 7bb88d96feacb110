public import ZoshKit

extension DirectoryRefresher {
    /// How long a list of fields answers for names it knows, and for names it does not: a field may just have been
    /// made.
    private static let lifetime: Int64 = 86_400
    private static let patience: Int64 = 30

    /// The fields of a noun: the documented ones and, for users, what Zoho's replies showed and what Fields Metadata
    /// says. Reads the metadata when it was not read within the last half minute.
    public func fields(of resource: Resource, through zoho: any ZohoService) async throws -> FieldSet {
        guard resource == .users else { return FieldSet(resource, gap: nil) }
        await restore()
        let snapshot = current.snapshot
        if let fields = snapshot.fields, (0...Self.patience).contains(now - fields.readAt) {
            return FieldSet(.users, described: fields.described, seen: snapshot.seenFields, gap: nil)
        }
        do {
            let described = try await zoho.list(.fields, .userFields).collect().compactMap(DescribedField.init)
            await keep(fields: DirectorySnapshot.Fields(described: described, readAt: now))
            return FieldSet(.users, described: described, seen: snapshot.seenFields, gap: nil)
        } catch let error as ZoshError where error.kind != .cancelled {
            // A day-old list still names the organisation's fields; only a name outside it stays in doubt.
            let kept = snapshot.fields.flatMap { (0...Self.lifetime).contains(now - $0.readAt) ? $0 : nil }
            return FieldSet(.users, described: kept?.described ?? [], seen: snapshot.seenFields, gap: error)
        }
    }
}

/// The names of the fields rows were seen to have, in the order they first came.
struct SeenNames {
    private(set) var names: [String]
    private var known: Set<String>
    private var last: Shape?

    init(_ names: [String]) {
        self.names = names
        known = Set(names)
    }

    mutating func add(_ rows: [Row]) {
        for row in rows where row.shape !== last {
            last = row.shape
            for name in row.names where known.insert(name).inserted { names.append(name) }
        }
    }
}
