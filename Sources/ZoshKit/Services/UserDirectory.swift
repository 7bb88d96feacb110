/// A person as the directory keeps them: enough to find, show and name them.
///
/// For example Ada Lovelace, ada@example.com, role CEO, status active.
public struct Person: Sendable, Hashable {
    public let id: String
    /// Exact, as Zoho has it; neutralise before showing it on a terminal.
    public let name: String
    public let email: String
    public let role: String
    public let profile: String
    public let status: String

    public init(id: String, name: String, email: String, role: String, profile: String, status: String) {
        self.id = id
        self.name = name
        self.email = email
        self.role = role
        self.profile = profile
        self.status = status
    }

    public var isActive: Bool { status == "active" }
}

/// All users of one organisation at one moment; immutable, shared by completion and look-ups.
///
/// For example `shell.directory.snapshot.people(matching: "ada")`.
public struct DirectorySnapshot: Sendable {
    public let people: [Person]
    public let roles: [NamedID]
    public let profiles: [NamedID]
    /// Seconds since 1970; nil when nothing was ever fetched.
    public let fetchedAt: Int64?
    /// Names of fields that users were seen to have.
    public var seenFields: [String] { didSet { userFields = Self.userFields(fields, seenFields) } }
    /// The organisation's user fields; nil when they were never read.
    public var fields: Fields? { didSet { userFields = Self.userFields(fields, seenFields) } }
    /// Both with the documented ones, made once: every line asks for them, some several times.
    private var userFields: FieldSet

    /// What Fields Metadata said, and when (seconds since 1970).
    public struct Fields: Sendable, Hashable {
        public let described: [DescribedField]
        public let readAt: Int64

        public init(described: [DescribedField], readAt: Int64) {
            self.described = described
            self.readAt = readAt
        }
    }

    public init(
        people: [Person], roles: [NamedID] = [], profiles: [NamedID] = [], fetchedAt: Int64?, seenFields: [String] = [],
        fields: Fields? = nil
    ) {
        self.people = people
        self.roles = roles
        self.profiles = profiles
        self.fetchedAt = fetchedAt
        self.seenFields = seenFields
        self.fields = fields
        userFields = Self.userFields(fields, seenFields)
    }

    private static func userFields(_ fields: Fields?, _ seen: [String]) -> FieldSet {
        FieldSet(.users, described: fields?.described ?? [], seen: seen, gap: nil)
    }

    public static let empty = DirectorySnapshot(people: [], fetchedAt: nil)
}

/// A role or a profile: what is typed, and what Zoho wants.
///
/// For example `NamedID(id: "4150868000000026005", name: "CEO")`.
public struct NamedID: Sendable, Hashable {
    public let id: String
    public let name: String

    public init(id: String, name: String) {
        self.id = id
        self.name = name
    }
}

/// The people of the current connection, kept so that Tab and names cost no call.
///
/// For example `shell.directory.snapshot` at a key press, which costs no call.
public protocol UserDirectory: Sendable {
    /// What is in memory now; never waits.
    var snapshot: DirectorySnapshot { get }

    /// A snapshot not older than `seconds`, fetched when there is none. Names resolve against this.
    func fresh(within seconds: Int64) async throws -> DirectorySnapshot

    /// The fields of a noun in this organisation, custom ones included. Asked for when a name is not a documented one.
    /// - Throws: only when cancelled; a list that cannot be read is the set's `gap`.
    func fields(of resource: Resource) async throws -> FieldSet
}

extension DirectorySnapshot {
    /// What is kept of the records of a noun that people call by name: roles, profiles. Empty for other nouns.
    package func named(_ noun: String) -> [NamedID] {
        switch noun {
        case Resource.roles.name: roles
        case Resource.profiles.name: profiles
        default: []
        }
    }

    /// The fields of a noun as far as they are in memory; Zoho may know more.
    public func fields(of resource: Resource) -> FieldSet {
        resource == .users ? userFields : FieldSet(resource, gap: nil)
    }

    /// All users meant by a name, an e-mail or an id: an exact e-mail or id wins over names; names compare without
    /// case.
    public func people(matching text: String) -> [Person] {
        let wanted = text.lowercased()
        let exact = people.filter { $0.id == text || $0.email.lowercased() == wanted }
        return exact.isEmpty ? people.filter { $0.name.lowercased() == wanted } : exact
    }
}
