internal import ZoshKit

/// What the names of fields in one stage mean for the rows that reach it.
///
/// The one place where a field's name is decided: a stage gets API names, or the line ends here with the place and a
/// suggestion, before a row has passed. Known fields come from the resource, otherwise from the rows.
struct StageFields {
    private let stream: RowStream
    private let source: PeekedStream
    let directory: any UserDirectory
    /// Whether the directory is that of the organisation the rows come from; else a name that it does not know may be a
    /// field which that organisation made itself.
    private let isPlaceKnown: Bool
    /// The variable that holds the rows, where they are known by it.
    private let variable: String?

    /// - Parameter input: the rows that reach the stage. Read on from `input()`, which has what was looked at.
    init(
        _ input: RowStream, _ directory: any UserDirectory, isPlaceKnown: Bool = true, of variable: String? = nil
    ) {
        self.isPlaceKnown = isPlaceKnown
        self.variable = variable
        source = PeekedStream(input)
        stream = RowStream(input.columns, from: source)
        self.directory = directory
    }

    /// The rows that reach the stage, with what the first page says of a join before it.
    func input() async throws -> RowStream {
        var input = stream
        guard input.columns.fields == nil else { return input }
        let page = try await source.peek()?.columns
        if input.columns.joined.isEmpty { input.columns.joined = page?.joined ?? [] }
        input.columns.fields = page?.fields
        return input
    }

    /// What is known of the rows, found once.
    enum Knowledge: Sendable {
        /// The rows are a noun's, or their fields were said beforehand.
        case known(KnownFields, FieldNames)
        /// The fields of the first page.
        case seen(KnownFields, FieldNames)
        /// There are no rows.
        case nothing
    }

    func knowledge() async throws -> Knowledge {
        if let known = stream.columns.fields { return .known(known, names(known)) }
        guard let page = try await source.peek() else { return .nothing }
        if let known = page.columns?.fields { return .known(known, names(known)) }
        let known = KnownFields.union(of: page.rows)
        return .seen(known, FieldNames(known.others))
    }

    private func names(_ known: KnownFields) -> FieldNames {
        guard let resource = known.resource else {
            return FieldNames(known.others.map { labelled($0, known) })
        }
        let names = directory.snapshot.fields(of: resource).names
        return known.others.isEmpty ? names : FieldNames(names.fields + known.others)
    }

    /// What was kept of a noun's field keeps the names people use for it.
    private func labelled(_ field: Field, _ known: KnownFields) -> Field {
        let path = FieldPath(names: [field.name])
        guard let origin = known.origin(of: path), origin.path == path,
            case .field(let original) = directory.snapshot.fields(of: origin.noun).names.meaning(of: field.name),
            original.name == field.name
        else { return field }
        return field.labelled(original.labels)
    }

    /// Resolves a label through the user fields when the file names that field differently: `manager` of a file with a
    /// column `Reporting_To`.
    private func byLabel(_ written: FieldPath, _ names: FieldNames) -> PathMeaning? {
        let users = directory.snapshot.fields(of: .users).names
        guard case .field(let meant) = users.meaning(of: written.names[0]) else { return nil }
        let called = names.fields.filter { field in
            if case .field(let other) = users.meaning(of: field.name) { other.name == meant.name } else { false }
        }
        guard called.count == 1 else { return nil }
        return names.meaning(of: FieldPath(names: [called[0].name] + written.names.dropFirst()))
    }

    private func meaning(of written: FieldPath, _ names: FieldNames) -> PathMeaning {
        let meaning = names.meaning(of: written)
        guard case .unknown = meaning, case .path(let path, let field)? = byLabel(written, names) else {
            return meaning
        }
        return .path(path, field)
    }

    /// Whether the rows have a field of this name.
    func has(_ path: FieldPath, _ knowledge: Knowledge) async -> Bool {
        switch knowledge {
        case .nothing: false
        case .known(_, let names), .seen(_, let names): if case .path = names.meaning(of: path) { true } else { false }
        }
    }

    /// A path in API names, whose value is read.
    /// - Parameter reference: the variable it is written behind, where that is the row a block runs for.
    /// - Throws: `ZoshError.usage` at its place when the rows cannot have it, or when it could be several.
    func path(
        _ written: FieldPath, at span: Span?, _ knowledge: Knowledge, behind reference: String? = nil
    ) async throws -> FieldPath {
        try await found(written, at: span, knowledge, behind: reference).path
    }

    /// The same with the field the path ends at, where that is known.
    /// - Parameter isCompared: whether a person's e-mail may stand for them, since they are only compared with it.
    func found(
        _ written: FieldPath, at span: Span?, _ knowledge: Knowledge, behind reference: String? = nil,
        isCompared: Bool = false
    ) async throws -> (path: FieldPath, field: Field?) {
        do {
            let found = try await meant(written, at: span, knowledge)
            if !isCompared, Self.isOfUsers(knowledge) { try ComparedPeople.checkIsShown(found.path, at: span) }
            return found
        } catch let error as Unknown {
            guard let variable else {
                guard let reference, let remedy = quoted(error.part, of: reference, knowledge) else {
                    throw error.error
                }
                throw ZoshError(.usage, error.error.problem, at: span, remedy: remedy)
            }
            throw ZoshError(
                .usage, "'$\(variable)' has no field '\(error.part.description.neutralised)'", at: span,
                remedy: quoted(error.part, of: variable, knowledge)
                    ?? error.near.map { "did you mean '$\(variable).\($0.neutralised)'?" } ?? error.error.remedy)
        }
    }

    private func quoted(_ part: FieldPath, of variable: String, _ knowledge: Knowledge) -> String? {
        switch knowledge {
        case .nothing: nil
        case .known(_, let names), .seen(_, let names): FieldInQuotes.remedy(part, of: variable, names)
        }
    }

    /// Whether the rows are users as Zoho shows them.
    private static func isOfUsers(_ knowledge: Knowledge) -> Bool {
        switch knowledge {
        case .known(let known, _), .seen(let known, _): known.origin(of: "id")?.noun == .users
        case .nothing: false
        }
    }

    /// A name that the rows have no field for.
    private struct Unknown: Error {
        let part: FieldPath
        let near: String?
        /// What is said of it where the rows are a command's.
        let error: ZoshError
    }

    private func meant(_ written: FieldPath, at span: Span?, _ knowledge: Knowledge) async throws -> (
        path: FieldPath, field: Field?
    ) {
        switch knowledge {
        case .nothing: return (written, nil)
        case .seen(_, let names):
            return try Self.decide(meaning(of: written, names), written, at: span) { path, near in
                ZoshError(
                    .usage, "none of the first rows has a field '\(path.description.neutralised)'", at: span,
                    remedy: near ?? names.listing)
            }
        case .known(let known, let names):
            let meaning = known.resource == nil ? meaning(of: written, names) : names.meaning(of: written)
            guard Self.isInDoubt(meaning), let resource = known.resource else {
                return try Self.decide(meaning, written, at: span) { path, near in
                    ZoshError(
                        .usage, "these rows have no field '\(path.description.neutralised)'", at: span,
                        remedy: near ?? Self.whole(path, names) ?? names.listing)
                }
            }
            guard isPlaceKnown else { return try Self.documented(written, meaning, names, resource, at: span) }
            // It may be a field the organisation made itself.
            let set = try await directory.fields(of: resource)
            let all = FieldNames(set.names.fields + known.others)
            return try Self.decide(all.meaning(of: written), written, at: span) { path, near in
                var problem = "\(resource.name) have no field '\(path.description.neutralised)'"
                if near == nil, let gap = set.gap {
                    problem += " that zosh knows of, and Zoho's list cannot be read: \(gap.problem)"
                }
                return ZoshError(
                    .usage, problem, at: span,
                    remedy: near ?? resource.fieldsRemedy(among: all))
            }
        }
    }

    /// `Reporting_To` for `Reporting_To.name`, where an object is shown by its name: behind `group`.
    private static func whole(_ path: FieldPath, _ names: FieldNames) -> String? {
        guard path.names.last == "name", case .path(let whole, let field?) = names.meaning(of: path.dropLast),
            whole != path, field.inner?.isEmpty == true
        else { return nil }
        return "\(whole.description.neutralised) is the name here: compare \(whole.description.neutralised) alone"
    }

    /// What a name means in an organisation of which nothing is known.
    private static func documented(
        _ written: FieldPath, _ meaning: PathMeaning, _ names: FieldNames, _ resource: Resource, at span: Span?
    ) throws -> (path: FieldPath, field: Field?) {
        switch meaning {
        case .path(let path, let field): return (path, field)
        case .several: return (written, nil)
        case .unknown(let part, let nearest):
            guard let near = part.names.count == 1 ? names.slip(of: part.names[0]) : nearest else {
                return (written, nil)
            }
            throw Unknown(
                part: part, near: near,
                error: ZoshError(
                    .usage, "\(resource.name) have no field '\(part.description.neutralised)'", at: span,
                    remedy: "did you mean '\(near.neutralised)'?"))
        }
    }

    /// Whether Zoho's list of fields may tell more: about a name, or about what a path leads into.
    private static func isInDoubt(_ meaning: PathMeaning) -> Bool {
        switch meaning {
        case .unknown, .path(_, nil): true
        case .path, .several: false
        }
    }

    private static func decide(
        _ meaning: PathMeaning, _ written: FieldPath, at span: Span?, unknown: (FieldPath, String?) -> ZoshError
    ) throws -> (path: FieldPath, field: Field?) {
        switch meaning {
        case .path(let path, let field): return (path, field)
        case .several(let names):
            throw ZoshError(
                .usage,
                "'\(written.description.neutralised)' is ambiguous: \(names.joined(separator: " or ").neutralised)",
                at: span, remedy: "use the API name")
        case .unknown(let path, let near):
            throw Unknown(
                part: path, near: near, error: unknown(path, near.map { "did you mean '\($0.neutralised)'?" }))
        }
    }
}
