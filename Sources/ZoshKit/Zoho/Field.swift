/// One field of a noun: its API name, what people call it, and the type its values have.
///
/// For example `Field("email", .email, ["E-mail", "Mail"])`.
public struct Field: Sendable, Hashable {
    /// The name the API uses, letter for letter: `Reporting_To`.
    public let name: String
    /// Other names people use for it: `manager`, `Reporting To`. Compared as `FieldNames` compares them.
    public let labels: [String]
    public let type: FieldType
    /// Whether it can be set when a record is added or updated.
    public let isWritable: Bool
    /// The first API version in which a new record must have it; nil when it may be left out.
    public let requiredSince: APIVersion?
    /// The fields of the objects it holds; nil when they are not known, so that any name may follow.
    public let inner: [Field]?
    /// The only values it can have; nil when there is no such list.
    public let values: [String]?
    /// What the organisation takes as its value.
    public let limits: FieldLimits

    public init(
        _ name: String, _ type: FieldType = .unknown, _ labels: [String] = [], writable: Bool = true,
        requiredSince: APIVersion? = nil, inner: [Field]? = nil, values: [String]? = nil,
        limits: FieldLimits = FieldLimits()
    ) {
        self.limits = limits
        self.name = name
        self.labels = labels
        self.type = type
        self.values = values
        self.inner = inner ?? type.shownOfReference
        isWritable = writable
        self.requiredSince = requiredSince
    }

    /// The same field with other names that people use for it.
    public func labelled(_ labels: [String]) -> Field {
        Field(
            name, type, labels, writable: isWritable, requiredSince: requiredSince, inner: inner, values: values,
            limits: limits)
    }

    /// The same field as the organisation has it.
    func described(_ more: [String], _ limits: FieldLimits) -> Field {
        Field(
            name, type, labels + more, writable: isWritable, requiredSince: requiredSince, inner: inner,
            values: values, limits: limits)
    }

    /// Whether a record that has it must keep a value there.
    public func mustHaveValue(in version: APIVersion) -> Bool { requiredSince.map { version >= $0 } ?? false }

    /// The field under another name, with what it holds.
    public func named(_ name: String) -> Field {
        Field(
            name, type, labels, writable: isWritable, requiredSince: requiredSince, inner: inner, values: values,
            limits: limits)
    }

    /// The fields inside its values: none where a value is a text or a number; nil when that is not known.
    var within: [Field]? { inner ?? (type.isPlain ? [] : nil) }

    /// What Zoho shows of a record that another record refers to.
    fileprivate static let ofReference = [Field("name", .text), Field("id", .text)]
    /// A person is compared by e-mail as well, though Zoho shows none there.
    fileprivate static let ofPerson = ofReference + [Field("email", .email)]
}

/// What the values of a field are, as far as it decides how they are sent.
///
/// For example `.reference("roles")` for the field `role` of users.
public enum FieldType: Sendable, Hashable {
    case text
    case email
    /// A whole number.
    case integer
    case decimal
    case checkbox
    /// `2026-01-31`.
    case date
    /// RFC 3339 with an offset.
    case dateTime
    /// Another record, by its id; the name is the resource it belongs to: `roles`.
    case reference(String)
    case list
    case object
    /// Sent as it was given.
    case unknown

    /// Whether a value has nothing inside it that a path could lead to.
    var isPlain: Bool {
        switch self {
        case .text, .email, .integer, .decimal, .checkbox, .date, .dateTime: true
        case .reference, .list, .object, .unknown: false
        }
    }

    fileprivate var shownOfReference: [Field]? {
        guard case .reference(let noun) = self else { return nil }
        // The table of nouns is made of fields, so it cannot be asked here.
        return noun == "users" ? Field.ofPerson : Field.ofReference
    }

    /// The type that Fields Metadata calls by this name (`data_type`).
    public init(metadata type: String) {
        self =
            switch type {
            case "integer", "bigint": .integer
            case "double", "currency", "decimal", "percent": .decimal
            case "boolean": .checkbox
            case "date": .date
            case "datetime": .dateTime
            case "email": .email
            case "multiselectpicklist", "multiselectlookup", "multi_module_lookup": .list
            case "userlookup", "ownerlookup": .reference("users")
            case "text", "textarea", "picklist", "phone", "website": .text
            default: .unknown
            }
    }
}
