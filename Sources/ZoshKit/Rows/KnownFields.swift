/// Which fields the rows of a stream can have, known before the first one comes.
public struct KnownFields: Sendable, Hashable {
    /// The noun the rows are; nil when they have the fields of `others` and no more.
    public let resource: Resource?
    /// Fields besides those of the noun.
    public private(set) var others: [Field]

    public static func of(_ resource: Resource) -> KnownFields { KnownFields(resource: resource, others: []) }

    /// Rows with these paths and nothing else.
    public static func exactly(_ paths: [FieldPath]) -> KnownFields {
        KnownFields(resource: nil, others: Self.fields(of: paths))
    }

    /// The fields that at least one of the rows has.
    public static func union(of rows: [Row]) -> KnownFields {
        KnownFields(resource: nil, others: Self.fields(of: rows))
    }

    /// The same rows with further fields.
    public func adding(_ names: [String]) -> KnownFields {
        var wider = self
        wider.others += names.map { Field($0) }
        return wider
    }

    /// Every field that is known without asking Zoho.
    public var all: [Field] { (resource?.fields ?? []) + others }

    private init(resource: Resource?, others: [Field]) {
        self.resource = resource
        self.others = others
    }

    /// `role.name` and `role.id` as one field with two inner ones.
    private static func fields(of paths: [FieldPath]) -> [Field] {
        var heads: [String] = []
        var tails: [String: [FieldPath]] = [:]
        for path in paths {
            if tails[path.names[0]] == nil { heads.append(path.names[0]) }
            tails[path.names[0], default: []] +=
                path.names.count > 1 ? [FieldPath(names: Array(path.names.dropFirst()))] : []
        }
        return heads.map { head in
            let rest = tails[head] ?? []
            return Field(head, inner: rest.isEmpty ? nil : fields(of: rest))
        }
    }

    private static func fields(of rows: [Row]) -> [Field] {
        var names: [String] = []
        var inner: [String: [Row]] = [:]
        var open: Set<String> = []
        var seenNames: Set<String> = []
        var seenShapes: Set<ObjectIdentifier> = []
        for row in rows {
            if seenShapes.insert(ObjectIdentifier(row.shape)).inserted {
                for name in row.names where seenNames.insert(name).inserted { names.append(name) }
            }
            for (name, value) in row.fields {
                switch value {
                case .row(let row): inner[name, default: []].append(row)
                case .list(let values):
                    let rows = values.compactMap(\.row)
                    if rows.isEmpty { open.insert(name) } else { inner[name, default: []] += rows }
                case .null: break
                default: open.insert(name)
                }
            }
        }
        return names.map { name in
            // A text or a list of texts has no fields; a path into it finds nothing, as one into null does.
            Field(name, inner: open.contains(name) ? nil : inner[name].map { fields(of: $0) })
        }
    }
}
