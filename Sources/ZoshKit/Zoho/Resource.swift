/// One of Zoho's nouns, as zosh knows it: what one is called, which fields it has and how their values are spelled.
public struct Resource: Sendable, Hashable {
    /// The plural the API uses: `users`.
    public let name: String
    /// The field people name one by.
    public let handle: FieldPath
    /// The documented fields of API versions 2 to 8. Custom fields come from Fields Metadata.
    public let fields: [Field]
    /// How values are spelled, by API name of their field.
    public let spelling: [String: Spelling]

    /// Two spellings of one value: Zoho writes a user's `inactive` and shows `disabled`.
    public struct Spelling: Sendable, Hashable {
        /// The values Zoho is known to show.
        public let shown: [String]
        /// What is sent in the place of a shown value: `disabled` as `inactive`.
        public let written: [String: String]
        /// The shown values that can be set.
        public let settable: [String]

        public init(shown: [String], written: [String: String] = [:], settable: [String]) {
            self.shown = shown
            self.written = written
            self.settable = settable
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

    public init(_ name: String, handle: FieldPath, fields: [Field], spelling: [String: Spelling] = [:]) {
        self.name = name
        self.handle = handle
        self.fields = fields
        self.spelling = spelling
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
    public static let all: [Resource] = [.users, .roles, .profiles]

    public static func named(_ name: String) -> Resource? { all.first { $0.name == name } }
}
