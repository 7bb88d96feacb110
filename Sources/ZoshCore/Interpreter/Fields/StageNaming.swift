internal import ZoshKit

/// Puts API names where a stage names fields of the rows that reach it: in its words, its condition and its block.
struct StageNaming {
    let fields: StageFields
    /// The connections the rows are of.
    let places: RowPlaces
    /// Names that mean something to the stage itself when the rows have no such field: the `count` of `assert`.
    let ownNames: Set<String>
    /// Whether `$it` is the row a condition is about.
    let ownRow: Bool
    let dates: DateReader
    /// Whether the line does not run yet: people it compares with may be added by the lines before it.
    var isAhead = false
    var asked: AskedLists?

    /// What is found out about a stage, to be put in its place.
    struct Named: Sendable {
        var bound: [String: [BoundValue]]
        var condition: Condition?
    }

    /// Whether a stage names fields of the rows that reach it.
    static func isNeeded(_ stage: PlannedStage) -> Bool {
        stage.condition != nil || stage.block?.rowReferences.isEmpty == false
            || stage.signature?.parameters.contains { $0.type.element == .field } == true
    }

    func named(_ stage: PlannedStage, _ bound: [String: [BoundValue]], _ condition: Condition?) async throws -> Named {
        var result = Named(bound: bound, condition: condition)
        let lists = stage.signature?.parameters.filter { $0.type.element == .field && bound[$0.name] != nil } ?? []
        let references = stage.block?.rowReferences ?? []
        let knowledge = try await fields.knowledge()
        for parameter in lists where !Select.isEverything(stage.signature, bound[parameter.name] ?? []) {
            result.bound[parameter.name] = try await FieldWords(signature: stage.signature).replacing(
                bound[parameter.name] ?? []
            ) { path, span in
                try await fields.path(path, at: span, knowledge)
            }
        }
        if let condition {
            // First: to the directory such a word is a value that does not exist.
            _ = try JoinedFields(condition, try await fields.input().columns, ownRow: ownRow)
            result.condition = try await named(condition, knowledge)
        }
        for reference in references { _ = try await fields.path(reference.path, at: reference.span, knowledge) }
        return result
    }

    private func named(_ condition: Condition, _ knowledge: StageFields.Knowledge) async throws -> Condition {
        var found: [FieldUse: (path: FieldPath, field: Field?)] = [:]
        for part in condition.parts { try PartsOfValues.checkPresence(part) }
        for use in condition.fields where found[use] == nil {
            if ownNames.contains(use.path.description), await !fields.has(use.path, knowledge) {
                for (other, literal) in condition.comparisons where other == use {
                    try DirectoryValues.checkNumber(literal, of: use.path)
                }
                continue
            }
            found[use] = try await fields.found(use.path, at: use.span, knowledge)
        }
        let (paths, values) = try await meant(condition, found, knowledge)
        return condition.replacingEqualValues { use, literal in
            values[ComparedValue(use, literal)] ?? [literal]
        }.renamingFields { paths[$0] ?? found[$0]?.path ?? $0.path }
    }

    /// A value at its place in the line; a variable stands for several there.
    private struct ComparedValue: Hashable {
        let use: FieldUse
        let span: Span
        let value: Value

        init(_ use: FieldUse, _ literal: Literal) {
            self.use = use
            span = literal.span
            value = literal.value
        }
    }

    /// What a column of rows from elsewhere names people by.
    private static func heading(_ path: FieldPath) -> Field? {
        switch path.names.last.flatMap({ PersonHeading($0) }) {
        case .email: Field("email", .email)
        case .id: Field("id", .text)
        case nil: nil
        }
    }

    /// What is compared otherwise than it is written: other fields, and other values.
    /// - Throws: `ZoshError.usage` at a value that the fields of users cannot have.
    private func meant(
        _ condition: Condition, _ found: [FieldUse: (path: FieldPath, field: Field?)],
        _ knowledge: StageFields.Knowledge
    ) async throws -> (paths: [FieldUse: FieldPath], values: [ComparedValue: [Literal]]) {
        let known: KnownFields
        switch knowledge {
        case .known(let fields, _), .seen(let fields, _): known = fields
        case .nothing: return ([:], [:])
        }
        let names = fields.directory.snapshot.fields(of: .users).names
        /// The field of users that a field of the rows is.
        func origin(_ use: FieldUse) -> (path: FieldPath, field: Field?)? {
            guard let path = found[use]?.path, let origin = known.origin(of: path), origin.noun == .users else {
                return nil
            }
            if known.resource != nil { return found[use] }
            guard case .path(let path, let field) = names.meaning(of: origin.path) else { return nil }
            return (path, field)
        }
        let directory = DirectoryValues(places, asked: asked)
        let joined = Set(try await fields.input().columns.joined.flatMap { [$0, $0 + "_2"] })
        var paths: [FieldUse: FieldPath] = [:]
        var values: [ComparedValue: [Literal]] = [:]
        var ids = ComparedIDs(values: directory)
        for compared in condition.equalities {
            let (use, written) = (compared.field, compared.value)
            var literal = written
            // A word that may mean a joined field is refused as such.
            guard !(literal.isBareWord && joined.contains(literal.value.text)) else { continue }
            let people = ComparedPeople(values: directory)
            guard let (path, field) = origin(use) else {
                guard !isAhead, let path = found[use]?.path, let field = Self.heading(path) else { continue }
                values[ComparedValue(use, literal)] = try await people.meant(literal, by: path, field, dates)
                continue
            }
            if let part = try ComparedObjects.meant(literal, by: path, field, dates) {
                literal = part
                values[ComparedValue(use, written)] = [part]
            }
            try await directory.check(literal, of: path, people: !isAhead)
            try await ids.check(compared, literal, of: path, lookUp: !isAhead)
            guard !isAhead, let field else { continue }
            if compared.isNegated { try people.checkEmail(compared, literal, of: path, field) }
            if let meant = try await people.meant(literal, by: path, field, dates) {
                values[ComparedValue(use, written)] = meant
            }
            if literal.value.string?.contains("@") == true, ComparedPeople.isInsideReference(path) {
                paths[use] = found[use].map { $0.path.dropLast }
            }
        }
        for (use, literal) in condition.comparisons {
            if let (path, field) = origin(use) {
                if let field { try directory.checkType(literal, of: path, field) }
            } else if let (path, field) = found[use], let field {
                if field.type == .integer { try DirectoryValues.checkNumber(literal, of: path) }
                if let values = field.values { try ListedValues(path: path, values: values).check(literal) }
            }
        }
        for pair in condition.fieldPairs {
            guard let (path, type) = origin(pair.field), let field = type, let other = origin(pair.other)?.field else {
                continue
            }
            if ComparedPeople.isPerson(path, field), other.type == .email {
                throw ZoshError(
                    .usage, "\(path) has a name and an id to compare, not an e-mail", at: pair.other.span,
                    remedy: "\(path.names[0]) == $it.id")
            }
        }
        for part in condition.parts {
            guard let (path, _) = origin(part.field) else {
                if let (path, field) = found[part.field], let values = field?.values {
                    try ListedValues(path: path, values: values).check(part)
                }
                continue
            }
            try await PartsOfValues(values: directory).check(part, of: path, isQuiet: isAhead)
        }
        return (paths, values)
    }
}

extension PlannedBlock {
    /// The fields of `$it` that the block reads, where it is the row the block runs for.
    var rowReferences: [FieldUse] {
        statements.flatMap { statement in statement.ownPipelines.flatMap { $0.stages.flatMap(\.rowReferences) } }
    }
}

extension PlannedStage {
    fileprivate var rowReferences: [FieldUse] {
        var words = fields.map(\.value) + (condition?.words ?? [])
        for case .deferred(let word) in given.map(\.source) { words.append(word) }
        if case .variable(let word) = action { words.append(word) }
        let own = words.flatMap { word in
            word.fragments.compactMap { fragment -> FieldUse? in
                guard case .variable(let reference) = fragment.kind, reference.name == "it", !reference.path.isEmpty
                else { return nil }
                return FieldUse(FieldPath(names: reference.path), at: fragment.span)
            }
        }
        // The rows of an inner `each` are other rows; `on` runs its command for the same one.
        return own + (isFanOut ? block?.rowReferences ?? [] : [])
    }
}
