/// One change at Zoho, described before it happens: which record, what is done with it, and the values it gets.
///
/// Pure data: it names a noun and a verb of the resource table, and the table says how that is written.
///
/// ```swift
/// Change(.update, .users, .existing(id: id), seen: row, fields: ["city": "Bern"], action: "update city")
/// ```
public struct Change: Effect, Hashable {
    public enum Target: Sendable, Hashable {
        case existing(id: String)
        /// A record that is not there yet, by what people will call it.
        case new(handle: String)
    }

    public let verb: Verb
    public private(set) var resource: Resource
    public let subject: Target
    /// The records it belongs to, by their name in the write's path: a territory of a user.
    public let within: [String: String]
    /// The id of the user it is about, where that is not its subject: whose territory is taken away.
    public let concerns: String?
    /// Of the row the person saw when they chose it what tells who it is; the gate reads the record again and refuses
    /// when it is not the same one any more. Nil when they named it by id or handle only.
    public var seen: Row?
    /// The id of the record that was seen to have the handle already which this one would get.
    public var holder: String?
    /// The values some fields must still have when the change is made; a field that someone has changed since is left
    /// alone.
    public private(set) var expected: Row
    /// Whether one such field refuses the whole change instead.
    public private(set) var isAllOrNothing: Bool
    /// The values as they are sent, by API name.
    public let fields: Row
    /// The same for people to read: a reference as a row with `name` and `id`.
    public let shown: Row
    /// Parameters of the request besides the values: `transfer_to_id`.
    public let parameters: [String: String]
    /// What happens, in a word or two: "deactivate", "update role, city", "delete".
    public let action: String

    public init(
        _ verb: Verb, _ resource: Resource, _ subject: Target, within: [String: String] = [:],
        concerns: String? = nil, seen: Row? = nil,
        holder: String? = nil, expected: Row = Row(), isAllOrNothing: Bool = false, fields: Row = Row(),
        shown: Row? = nil,
        parameters: [String: String] = [:],
        action: String? = nil
    ) {
        self.verb = verb
        self.resource = resource
        self.subject = subject
        self.within = within
        self.concerns = concerns
        self.seen = seen.map { resource.essence(of: $0) }
        self.holder = holder
        self.expected = expected
        self.isAllOrNothing = isAllOrNothing
        self.fields = fields
        self.shown = shown ?? fields
        self.parameters = parameters
        self.action = action ?? verb.name
    }

    /// The same change without some of its fields.
    package func leaving(out names: Set<String>) -> Change {
        func rest(_ row: Row) -> Row { Row(row.fields.filter { !names.contains($0.name) }.map { ($0.name, $0.value) }) }
        // `update role, city` is `update role` then.
        let (all, left) = (fields.names.joined(separator: ", "), rest(fields).names.joined(separator: ", "))
        return Change(
            verb, resource, subject, within: within, concerns: concerns, seen: seen, holder: holder,
            expected: rest(expected),
            isAllOrNothing: isAllOrNothing, fields: rest(fields), shown: rest(shown), parameters: parameters,
            action: action.hasSuffix(all) ? action.dropLast(all.count) + left : action)
    }

    /// The same change as it is made later: refused as a whole when a field that it sets has another value by then.
    /// - Parameters:
    ///   - record: the record as it is now.
    ///   - seen: the record as it is to be recognised.
    package func expecting(_ record: Row, seen: Row?) -> Change {
        var later = self
        later.seen = seen.map { resource.essence(of: $0) }
        later.expected = Row(fields.names.compactMap { name in record[name].map { (name, $0) } })
        later.isAllOrNothing = true
        return later
    }

    /// The same change with what the table says of its noun.
    package func with(_ noun: Resource) -> Change {
        var change = self
        change.resource = noun
        return change
    }

    /// What the record will be called: of a new one, and of one whose handle is set; nil where that stays as it is.
    public var newHandle: String? {
        switch subject {
        case .new(let handle): handle
        case .existing: resource.handle.names.count == 1 ? fields[resource.handle.names[0]]?.string : nil
        }
    }

    /// How the table says it is written; nil for a verb the noun does not have.
    public var write: Write? { resource.writes[verb] }

    /// Whether a request that may have left can be sent again: it sets the same values, or deletes what is still there.
    /// What adds something, or starts work that Zoho does later, could happen twice.
    package var isRepeatable: Bool {
        guard let write, write.job == nil, write.once.isDisjoint(with: fields.names) else { return false }
        return switch (write.method, write.result) {
        case (.put, .values), (.delete, .absence): true
        default: false
        }
    }

    /// Whether its subject could not work any more afterwards: deleted or deactivated.
    package var endsWork: Bool {
        switch write?.result {
        case .absence: return true
        case .values:
            return fields["status"].map { resource.shown($0.text, in: "status") == "disabled" } ?? false
        default: return false
        }
    }

    public var id: String? { if case .existing(let id) = subject { id } else { nil } }

    public var target: EffectTarget {
        switch subject {
        case .existing(let id): EffectTarget(noun: resource.noun, name: id, within: within)
        case .new(let handle):
            EffectTarget(noun: "new \(resource.noun)", name: handle.lowercased(), within: within)
        }
    }

    /// The user whom it changes or is about, as the brakes count people; nil for what is about none, and for a new one.
    package var person: EffectTarget? {
        if let concerns { return EffectTarget(noun: Resource.users.noun, name: concerns) }
        return resource.population == nil || id == nil ? nil : target
    }

    /// What a row calls it before Zoho has been asked.
    public var label: String {
        switch subject {
        case .existing(let id): seen?[resource.handle].string ?? id
        case .new(let handle): handle
        }
    }

    public var blast: BlastClass {
        guard let write else { return .irreversible }
        let isDelicate = fields.names.contains { name in
            write.access.contains { $0.lowercased() == name.lowercased() }
        }
        return isDelicate ? max(write.blast, .access) : write.blast
    }
}
