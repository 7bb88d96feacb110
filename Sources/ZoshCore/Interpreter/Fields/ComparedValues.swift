internal import ZoshKit

/// What the values of a condition mean for the rows of one stage: checked where the rows' fields are those of users,
/// roles or profiles.
struct ComparedValues {
    let naming: StageNaming
    /// The fields of the condition, in the names the rows have.
    let found: [FieldUse: (path: FieldPath, field: Field?)]
    let knowledge: StageFields.Knowledge

    /// A value at its place in the line; a variable stands for several there.
    fileprivate struct Place: Hashable {
        let use: FieldUse
        let span: Span
        let value: Value

        init(_ use: FieldUse, _ literal: Literal) {
            self.use = use
            span = literal.span
            value = literal.value
        }
    }

    /// What is compared otherwise than it is written: other fields, and other values.
    struct Meant {
        fileprivate var paths: [FieldUse: FieldPath] = [:]
        fileprivate var values: [Place: [Literal]] = [:]
        /// The values that were found to exist.
        fileprivate var known: Set<Place> = []
        /// The parts that were reported as found nowhere.
        fileprivate var reported: Set<Place> = []

        func applied(to condition: Condition, _ meant: (FieldUse, FieldPath?) -> FieldUse) -> Condition {
            func marked(_ literal: Literal, _ place: Place) -> Literal {
                var literal = literal
                literal.isKnown = known.contains(place)
                literal.isReported = reported.contains(place)
                return literal
            }
            return condition.mappingValues { marked($1, Place($0, $1)) }.replacingEqualValues { use, literal in
                let place = Place(use, literal)
                return values[place]?.map { marked($0, place) } ?? [literal]
            }.renamingFields { meant($0, paths[$0]) }
        }
    }

    /// - Throws: `ZoshError.usage` at a value that the fields cannot have.
    func meant(_ condition: Condition) async throws -> Meant {
        var meant = Meant()
        let known: KnownFields
        switch knowledge {
        case .known(let fields, _), .seen(let fields, _): known = fields
        case .nothing: return meant
        }
        let directory = DirectoryValues(naming.places, asked: naming.asked)
        let joined = Set(try await naming.fields.input().columns.joined.flatMap { [$0, $0 + "_2"] })
        var ids = ComparedIDs(values: directory)
        for compared in condition.equalities {
            // A word that may mean a joined field is refused as such.
            guard !(compared.value.isBareWord && joined.contains(compared.value.value.text)) else { continue }
            try await check(compared, known, directory, &ids, &meant)
        }
        let left = Set(condition.equalities.filter(\.isNegated).map { Place($0.field, $0.value) })
        for (use, literal) in condition.comparisons {
            if let (path, field) = origin(use, known) {
                guard let field else { continue }
                try directory.checkType(literal, of: path, field)
                // Every number could be there; one that is absent excludes no rows.
                let isOpen = [.date, .dateTime, .integer, .decimal].contains(field.type)
                if field.type == .checkbox || isOpen && !left.contains(Place(use, literal)) {
                    meant.known.insert(Place(use, literal))
                }
            } else if let (path, field) = found[use], let field {
                if field.type == .integer { try DirectoryValues.checkNumber(literal, of: path) }
                if let values = field.values {
                    try ListedValues(path: path, values: values).check(literal)
                    meant.known.insert(Place(use, literal))
                }
            }
        }
        try check(condition.fieldPairs, known)
        for part in condition.parts { try await check(part, known, directory, &meant) }
        return meant
    }

    /// The field of users that a field of the rows is.
    private func origin(_ use: FieldUse, _ known: KnownFields) -> (path: FieldPath, field: Field?)? {
        guard let path = found[use]?.path, let origin = known.origin(of: path), origin.noun == .users else {
            return nil
        }
        if known.resource != nil { return found[use] }
        let names = naming.fields.directory.snapshot.fields(of: .users).names
        guard case .path(let path, let field) = names.meaning(of: origin.path) else { return nil }
        return (path, field)
    }

    /// What a column of rows from elsewhere names people by.
    private static func heading(_ path: FieldPath) -> Field? {
        switch path.names.last.flatMap({ PersonHeading($0) }) {
        case .email: Field("email", .email)
        case .id: Field("id", .text)
        case nil: nil
        }
    }

    private func check(
        _ compared: Condition.Equality, _ known: KnownFields, _ directory: DirectoryValues, _ ids: inout ComparedIDs,
        _ meant: inout Meant
    ) async throws {
        let (use, written) = (compared.field, compared.value)
        let place = Place(use, written)
        var literal = written
        let people = ComparedPeople(values: directory)
        guard let (path, field) = origin(use, known) else {
            guard let path = found[use]?.path else { return }
            if let noun = known.origin(of: path)?.noun, [.roles, .profiles].contains(noun) {
                guard let name = try await directory.has(literal, of: path, found[use]?.field, noun, compared.isNegated)
                else { return }
                meant.known.insert(place)
                if name != literal.value.text { meant.values[place] = [named(name, literal)] }
            } else if !naming.isAhead, let field = Self.heading(path) {
                meant.values[place] = try await people.meant(literal, by: path, field, naming.dates)
            }
            return
        }
        if let part = try ComparedObjects.meant(literal, by: path, field, naming.dates) {
            literal = part
            meant.values[place] = [part]
        }
        try checkPresence(literal, of: path, field)
        if let name = try await directory.check(literal, of: path, people: !naming.isAhead) {
            literal = named(name, literal)
            meant.values[place] = [literal]
        }
        try await ids.check(compared, literal, of: path, lookUp: !naming.isAhead)
        if path.names.count == 1, let text = literal.value.comparedText,
            let shown = Resource.users.spelling[path.names[0]]?.shown(text)
        {
            meant.known.insert(place)
            // By another name than its own the column is a text like any other.
            if shown != text, found[use].map({ UserStatus.isStatus($0.path) }) != true {
                meant.values[place] = [Literal(.string(shown), at: literal.span, dates: naming.dates)]
            }
        }
        if path.names.last == "id" || path == "connection" || directory.target(path) != nil {
            meant.known.insert(place)
        }
        guard !naming.isAhead, let field else { return }
        if compared.isNegated, try await people.checkEmail(compared, literal, of: path, field) {
            meant.known.insert(place)
        }
        if compared.isNegated, path == "full_name", let text = literal.value.comparedText,
            try await directory.people(within: 3600, at: literal.span)?.joined().contains(where: { $0.name == text })
                == true
        {
            meant.known.insert(place)
        }
        if let values = try await people.meant(literal, by: path, field, naming.dates) { meant.values[place] = values }
        if literal.value.string?.contains("@") == true, ComparedPeople.isInsideReference(path) {
            meant.paths[use] = found[use].map { $0.path.dropLast }
        }
    }

    private func named(_ name: String, _ literal: Literal) -> Literal {
        Literal(.string(name), at: literal.span, dates: naming.dates)
    }

    /// - Throws: `ZoshError.usage` at an empty text where a field has none: without a value it is null.
    private func checkPresence(_ literal: Literal, of path: FieldPath, _ field: Field?) throws {
        guard literal.value == .string(""), let field else { return }
        switch field.type {
        case .text where path != "id" && Resource.users.spelling[path.names[0]] == nil: return
        case .list, .object, .unknown: return
        case .text, .email, .reference, .checkbox, .date, .dateTime, .integer, .decimal: break
        }
        throw ZoshError(
            .usage, "the value is empty here, and \(path) is never an empty text", at: literal.span,
            remedy: "to test whether there is a value: \(path) != null")
    }

    private func check(_ pairs: [(field: FieldUse, other: FieldUse)], _ known: KnownFields) throws {
        for pair in pairs {
            guard let (path, type) = origin(pair.field, known), let field = type,
                let (otherPath, otherType) = origin(pair.other, known), let other = otherType
            else { continue }
            try ComparedFields.check((path, field), (otherPath, other), at: pair.other.span)
        }
    }

    private func check(
        _ part: Condition.Part, _ known: KnownFields, _ directory: DirectoryValues, _ meant: inout Meant
    ) async throws {
        let place = Place(part.field, part.value)
        guard let (path, _) = origin(part.field, known) else {
            if let (path, field) = found[part.field], let values = field?.values {
                try ListedValues(path: path, values: values).check(part)
                meant.known.insert(place)
            }
            return
        }
        let isQuiet = naming.isAhead || naming.isQuiet
        switch try await PartsOfValues(values: directory).check(part, of: path, isQuiet: isQuiet) {
        case .found: meant.known.insert(place)
        case .absent: if !isQuiet { meant.reported.insert(place) }
        case .unchecked: break
        }
    }
}
