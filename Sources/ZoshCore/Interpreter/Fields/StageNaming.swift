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
    /// Whether what is merely absent is refused later, and need not be said now.
    var isQuiet = false
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
        for reference in references {
            _ = try await fields.path(reference.path, at: reference.span, knowledge, behind: "it")
        }
        return result
    }

    private func named(_ condition: Condition, _ knowledge: StageFields.Knowledge) async throws -> Condition {
        var found: [FieldUse: (path: FieldPath, field: Field?)] = [:]
        for part in condition.parts { try PartsOfValues.checkPresence(part) }
        let read = condition.fieldsRead
        for use in condition.fields where found[use] == nil {
            if ownNames.contains(use.path.description), await !fields.has(use.path, knowledge) {
                for (other, literal) in condition.comparisons where other == use {
                    try DirectoryValues.checkNumber(literal, of: use.path)
                }
                continue
            }
            found[use] = try await fields.found(
                use.path, at: use.span, knowledge, isCompared: !read.contains(use))
        }
        let meant = try await ComparedValues(naming: self, found: found, knowledge: knowledge).meant(condition)
        let known: KnownFields?
        switch knowledge {
        case .known(let fields, _), .seen(let fields, _): known = fields
        case .nothing: known = nil
        }
        return meant.applied(to: condition) { use, other in
            let path = other ?? found[use]?.path ?? use.path
            return FieldUse(path, at: use.span, originalPath: known?.former(of: path))
        }
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
