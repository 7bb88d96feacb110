/// The people of one organisation: a base that is generated or loaded, and what has changed since.
///
/// Changed and added people are kept as JSON objects over the base. Invariant: positions are
/// stable and ordered by identifier for a generated base, by file order for a loaded one; added
/// people come last.
struct Directory: Sendable {
    enum Base: Sendable {
        case generated(Population)
        /// Records exactly as a saved reply held them.
        case loaded([JSONObject])
    }

    let base: Base
    private(set) var changed: [Int: StoredUser] = [:]
    private var positions: [Int: Int] = [:]
    private var emails: [String: Int] = [:]
    private(set) var count: Int
    /// Grows with every change.
    private(set) var revision = 0
    private var nextID: Int

    init(_ base: Base, administrators: Set<Int>) {
        self.base = base
        switch base {
        case .generated(let population):
            count = population.count
            nextID = population.nextID
        case .loaded(let records):
            count = records.count
            nextID = 1
            for (position, record) in records.enumerated() {
                let user = StoredUser(record, administrators: administrators)
                changed[position] = user
                index(user, at: position)
                nextID = max(nextID, user.id + 13)
            }
        }
    }

    private mutating func index(_ user: StoredUser, at position: Int) {
        positions[user.id] = position
        if let email = user.record["email"]?.string { emails[email.lowercased()] = position }
    }

    func traits(_ position: Int) -> Traits {
        if let user = changed[position] { return user.traits }
        guard case .generated(let population) = base else { return StoredUser(JSONObject(), administrators: []).traits }
        return population.traits(position)
    }

    func id(_ position: Int) -> Int {
        if let user = changed[position] { return user.id }
        guard case .generated(let population) = base else { return 0 }
        return population.id(position)
    }

    func position(ofID id: Int) -> Int? {
        if let position = positions[id] { return position }
        guard case .generated(let population) = base else { return nil }
        return population.index(ofID: id)
    }

    /// Where somebody with that address is; letter case does not distinguish addresses.
    func position(ofEmail email: String) -> Int? {
        if let position = emails[email.lowercased()] { return position }
        guard case .generated(let population) = base, let index = population.index(ofEmail: email) else { return nil }
        return changed[index] == nil ? index : nil
    }

    /// The whole record, in the union of all versions' fields.
    func record(_ position: Int) -> JSONObject {
        if let user = changed[position] { return user.record }
        guard case .generated(let population) = base else { return JSONObject() }
        var text = JSONText()
        PersonText(population: population, fields: .extended, everything: true)
            .append(population.person(position), to: &text)
        return (try? JSONParser.read(text.bytes))?.object ?? JSONObject()
    }

    /// Replaces somebody's record.
    mutating func update(_ position: Int, _ record: JSONObject, administrators: Set<Int>) {
        if let old = self.record(position)["email"]?.string { emails[old.lowercased()] = nil }
        let user = StoredUser(record, administrators: administrators)
        changed[position] = user
        index(user, at: position)
        revision += 1
    }

    /// Adds somebody under a fresh identifier, which `record` receives.
    mutating func add(administrators: Set<Int>, record: (Int) -> JSONObject) -> Int {
        let id = nextID
        nextID += 13
        let user = StoredUser(record(id), administrators: administrators)
        changed[count] = user
        index(user, at: count)
        count += 1
        revision += 1
        return id
    }

    /// Writes somebody as one version of the API shows them.
    func append(_ position: Int, fields: CRMVersion.Fields, to text: inout JSONText) {
        switch (base, changed[position]) {
        case (.loaded, let user?): text.value(.object(user.record))
        case (.generated, let user?): text.value(.object(FieldsByVersion.shown(user.record, in: fields)))
        case (.generated(let population), nil):
            PersonText(population: population, fields: fields).append(population.person(position), to: &text)
        case (.loaded, nil): text.raw("{}")
        }
    }
}
