/// Which fields the rows of a stream can have, known before the first one comes.
///
/// For example `KnownFields.of(.users)`, or `.exactly(["count"])` after `count`.
public struct KnownFields: Sendable, Hashable {
    /// The noun the rows are; nil when they have the fields of `others` and no more.
    public let resource: Resource?
    /// Fields besides those of the noun.
    public private(set) var others: [Field]
    /// A noun whose fields some of them are, by the path each has there: what `select` and `group` keep of users.
    var kept: Kept?

    /// What fields of rows from elsewhere were called before `select … as` gave them other names.
    var formerNames: [FieldPath: FieldPath] = [:]

    struct Kept: Hashable, Sendable {
        let noun: Resource
        let paths: [FieldPath: FieldPath]
        /// Whether every other path means the same as in the noun.
        var isWhole = false
    }

    public static func of(_ resource: Resource) -> KnownFields { KnownFields(resource: resource, others: []) }

    public static let users = KnownFields.of(.users)

    /// Rows with these paths and nothing else.
    public static func exactly(_ paths: [FieldPath]) -> KnownFields {
        KnownFields(resource: nil, others: Self.fields(of: paths))
    }

    /// Rows with these paths and nothing else, where every value is a text: the cells of a table.
    public static func texts(_ paths: [FieldPath]) -> KnownFields {
        KnownFields(resource: nil, others: Self.fields(of: paths, inside: []))
    }

    /// Rows with these fields and nothing else.
    public static func exactly(fields: [Field]) -> KnownFields { KnownFields(resource: nil, others: fields) }

    /// Rows with fields of other rows and nothing else: the paths they have now, and the ones they had.
    public static func exactly(_ paths: [FieldPath], were former: [FieldPath], of rows: KnownFields?) -> KnownFields {
        var known = exactly(paths)
        let all = rows?.all ?? []
        let names = FieldNames(all)
        let places = Dictionary(zip(known.others.map(\.name), known.others.indices)) { first, _ in first }
        let own = Set(rows?.others.map(\.name) ?? [])
        for (path, before) in zip(paths, former) where path.names.count == 1 {
            guard let index = places[path.names[0]],
                case .path(_, let field?) = names.meaning(of: before)
            else { continue }
            let isKept =
                before.names.count == 1 && (field.type == .integer || field.values != nil)
                && own.contains(field.name)
            known.others[index] = Field(
                path.names[0], isKept ? field.type : .unknown, inner: field.within, values: isKept ? field.values : nil)
        }
        var meant: [FieldPath: FieldPath] = [:]
        var noun: Resource?
        for (path, before) in zip(paths, former) {
            guard let origin = rows?.origin(of: before) else { continue }
            noun = origin.noun
            meant[path] = origin.path
        }
        known.kept = noun.map { Kept(noun: $0, paths: meant) }
        for (path, before) in meant where path == before && path.names.count == 1 {
            guard let index = places[path.names[0]],
                let original = noun?.fields.first(where: { $0.name == path.names[0] })
            else { continue }
            known.others[index] = known.others[index].labelled(original.labels)
        }
        for (path, before) in zip(paths, former) {
            let first = rows?.former(of: before) ?? before
            if first != path { known.formerNames[path] = first }
        }
        return known
    }

    /// One row for each value of these paths, with how many rows have it. An object is shown by its name there, a text
    /// into which no path leads.
    public static func groups(by paths: [FieldPath], of rows: KnownFields?) -> KnownFields {
        var known = exactly(paths, were: paths, of: rows)
        for path in paths where path.names.count == 1 {
            guard let index = known.others.firstIndex(where: { $0.name == path.names[0] }),
                known.others[index].inner?.contains(where: { $0.name == "name" }) == true,
                !paths.contains(where: { $0.names.count > 1 && $0.names[0] == path.names[0] })
            else { continue }
            known.others[index] = Field(path.names[0], .unknown, known.others[index].labels, inner: [])
        }
        known.others.append(.count)
        return known
    }

    /// What a field was called where the rows came from, when it has another name now.
    public func former(of path: FieldPath) -> FieldPath? { formerNames[path] }

    /// The fields that at least one of the rows has.
    public static func union(of rows: [Row]) -> KnownFields {
        var seen = FieldsSeen()
        for row in rows { seen.add(row) }
        var known = exactly(fields: seen.fields)
        if areUsers(rows) { known.kept = Kept(noun: .users, paths: [:], isWhole: true) }
        return known
    }

    /// Whether rows that came some other way (`api get`, another program) are users of Zoho by all they show. Rows of a
    /// file may be of any time and place.
    private static func areUsers(_ rows: [Row]) -> Bool {
        rows.contains { row in
            row.origin == nil && row["id"] != nil && row["email"] != nil
                && ["role", "profile"].allSatisfy { row[$0]?.row?["id"] != nil && row[$0]?.row?["name"] != nil }
        }
    }

    /// The noun's field that a path of these rows leads to; nil when it is not known to be one.
    public func origin(of path: FieldPath) -> (noun: Resource, path: FieldPath)? {
        if let resource { return (resource, path) }
        guard let kept else { return nil }
        if kept.isWhole { return (kept.noun, path) }
        for count in stride(from: path.names.count, to: 0, by: -1) {
            guard let head = kept.paths[FieldPath(names: Array(path.names.prefix(count)))] else { continue }
            return (kept.noun, FieldPath(names: head.names + path.names.dropFirst(count)))
        }
        return nil
    }

    /// The same rows with further fields.
    public func adding(_ fields: [Field]) -> KnownFields {
        var wider = self
        wider.others += fields
        return wider
    }

    /// Every field that is known without asking Zoho.
    public var all: [Field] { (resource?.fields ?? []) + others }

    init(resource: Resource?, others: [Field]) {
        self.resource = resource
        self.others = others
    }

    /// `role.name` and `role.id` as one field with two inner ones.
    /// - Parameter leaves: what is inside the last field of each path; nil when that is not known.
    private static func fields(of paths: [FieldPath], inside leaves: [Field]? = nil) -> [Field] {
        var heads: [String] = []
        var tails: [String: [FieldPath]] = [:]
        for path in paths {
            if tails[path.names[0]] == nil { heads.append(path.names[0]) }
            tails[path.names[0], default: []] +=
                path.names.count > 1 ? [FieldPath(names: Array(path.names.dropFirst()))] : []
        }
        return heads.map { head in
            let rest = tails[head] ?? []
            return Field(head, inner: rest.isEmpty ? leaves : fields(of: rest, inside: leaves))
        }
    }
}
