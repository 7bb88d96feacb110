/// One of Zoho's nouns, as zosh knows it: where it is, what one is called, how it is read and written, which fields it
/// has and how their values are spelled.
///
/// For example `Resource.users.noun` is "user", and `shell.zoho.list(.roles)` reads the roles.
public struct Resource: Sendable, Hashable {
    /// The plural the API uses: `users`.
    public let name: String
    /// One of them, in a sentence: `user`.
    public let noun: String
    /// Below `/crm/{version}`: `/settings/roles`.
    public let path: String
    /// What replies and requests hold the records under: `roles`.
    public let key: String
    /// The field people name one by.
    public let handle: FieldPath
    /// The field that is shown before the handle: a user's `full_name`; the handle where there is no other.
    public let title: FieldPath
    /// The columns admins look at first.
    public let headline: [FieldPath]
    /// What a question tells of one besides its names: a user's role and status.
    public let facts: [FieldPath]
    /// What must still be as it was seen when one is written.
    public let identity: [FieldPath]
    /// What a grant must allow, by what is done.
    public let scopes: [Verb: Scope]
    public let reads: Reads
    /// Whether a connection has just one, as it has one organisation.
    public let isSingle: Bool
    public let writes: [Verb: Write]
    /// Whether the caller is one of them.
    public let holdsCaller: Bool
    /// How the brakes measure a change of these; nil for what is not people.
    public let population: PopulationLists?
    /// The module under which Fields Metadata describes their fields, which `NAME fields` lists; nil where Zoho
    /// describes none.
    public let module: String?
    /// The documented fields of API versions 2 to 8. Custom fields come from Fields Metadata.
    public let fields: [Field]
    /// How values are spelled, by API name of their field.
    public let spelling: [String: Spelling]
    /// The value by which Zoho shows that one is deleted; nil where the deleted are not shown at all.
    public let gone: FieldTest?
    /// What Zoho shows of a new record besides the values it was given.
    public let initial: Row
    /// States in which Zoho neither updates nor deletes a record, nor takes it out of them.
    public let final: [FieldTest]
    /// What else Zoho is known to refuse.
    public let refusals: [KnownRefusal]

    /// How Zoho lists a noun.
    public enum Reads: Sendable, Hashable {
        /// In pages that say whether more follow.
        /// - Parameters:
        ///   - rows: the most rows of a page.
        ///   - count: the path that counts them.
        ///   - ids: the most ids of one `ids=` call.
        case paged(rows: Int, count: String, ids: Int)
        /// Whole; a reply may still say that more follow.
        case whole
    }

    /// A field that has a certain value.
    public struct FieldTest: Sendable, Hashable {
        public let field: String
        public let value: String

        public init(_ field: String, _ value: String) {
            self.field = field
            self.value = value
        }

        public func holds(for row: Row) -> Bool { row[field]?.text.lowercased() == value }
    }

    /// Two spellings of one value: Zoho writes a user's `inactive` and shows `disabled`.
    public struct Spelling: Sendable, Hashable {
        /// The values Zoho is known to show.
        public let shown: [String]
        /// What is sent in the place of a shown value: `disabled` as `inactive`.
        public let written: [String: String]
        /// The shown values that can be set.
        public let settable: [String]
        /// Shown values that are a kind of one that can be set: who is `disabled dormant` is disabled.
        public let kinds: [String: String]

        public init(
            shown: [String], written: [String: String] = [:], settable: [String], kinds: [String: String] = [:]
        ) {
            self.shown = shown
            self.written = written
            self.settable = settable
            self.kinds = kinds
        }

        /// What can be written, as Zoho takes it.
        public var choices: [String] { settable.map { written[$0] ?? $0 } }

        /// What Zoho shows for a value written either way, in any case; nil for an unknown value.
        public func shown(_ value: String) -> String? {
            let wanted = value.lowercased()
            return shown.first { $0.lowercased() == wanted } ?? written.first { $0.value.lowercased() == wanted }?.key
        }

        /// What Zoho takes for a value written either way, in any case; nil for one that cannot be set.
        public func written(_ value: String) -> String? {
            shown(value).flatMap { settable.contains($0) ? written[$0] ?? $0 : nil }
        }
    }

    public init(
        _ name: String, noun: String, path: String, key: String? = nil, handle: FieldPath = "name",
        title: FieldPath? = nil, headline: [FieldPath], facts: [FieldPath] = [], identity: [FieldPath]? = nil,
        scopes: [Verb: Scope], reads: Reads = .whole, isSingle: Bool = false, writes: [Verb: Write] = [:],
        holdsCaller: Bool = false,
        population: PopulationLists? = nil, module: String? = nil, fields: [Field] = [],
        spelling: [String: Spelling] = [:],
        gone: FieldTest? = nil,
        initial: Row = Row(), final: [FieldTest] = [], refusals: [KnownRefusal] = []
    ) {
        self.name = name
        self.noun = noun
        self.path = path
        self.key = key ?? name
        self.handle = handle
        self.title = title ?? handle
        self.headline = headline
        self.facts = facts
        self.identity = identity ?? [handle]
        self.scopes = scopes
        self.reads = reads
        self.isSingle = isSingle
        self.writes = writes
        self.holdsCaller = holdsCaller
        self.population = population
        self.module = module
        self.fields = fields
        self.spelling = spelling
        self.gone = gone
        self.initial = initial
        self.final = final
        self.refusals = refusals
    }

    /// The fields a new record must have, in an API version.
    public func required(in version: APIVersion) -> [String] {
        fields.filter { field in field.requiredSince.map { $0 <= version } == true }.map(\.name)
    }

    public static func == (a: Resource, b: Resource) -> Bool { a.name == b.name }
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension Resource {
    /// Every noun zosh knows.
    public static let all: [Resource] = [.users, .roles, .profiles, .org, .fields]

    /// What a written name means among the documented fields.
    public var fieldNames: FieldNames { Self.fieldNames[name] ?? FieldNames(fields) }

    /// Made once: every line that runs asks for them.
    private static let fieldNames = Dictionary(uniqueKeysWithValues: all.map { ($0.name, FieldNames($0.fields)) })

    public static func named(_ name: String) -> Resource? { all.first { $0.name == name } }

    /// The noun a field's values are records of: `roles` for a user's `role`.
    public func reference(_ field: String) -> Resource? {
        let field = fields.first { $0.name.lowercased() == field.lowercased() }
        guard case .reference(let name)? = field?.type else { return nil }
        return Resource.named(name)
    }

    /// Of a record what tells that it is the one that was seen, and no more of a person than that.
    package func essence(of row: Row) -> Row {
        let names = Set(([title] + identity).map { $0.names[0] })
        return Row(row.fields.filter { names.contains($0.name) }.map { ($0.name, $0.value) })
    }

    /// Whether Zoho shows this row, or its absence, for one that was deleted.
    public func isGone(_ row: Row?) -> Bool { row.map { gone?.holds(for: $0) ?? false } ?? true }
}
