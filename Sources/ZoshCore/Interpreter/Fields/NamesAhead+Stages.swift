internal import ZoshKit

/// Checks one stage before its text runs: its words, its condition, the fields it sets, and the headings it is given.
extension NamesAhead {
    /// What is known of a stage that is in order.
    struct Checked {
        /// With values in the place of variables.
        let stage: PlannedStage
        /// The words whose text says all, fields by their API names.
        let words: [String: [BoundValue]]
    }

    /// Checks one stage.
    /// - Returns: nil when something is wrong with its words.
    mutating func checked(_ written: PlannedStage, _ known: KnownRows, _ inBlock: Bool) async throws -> Checked? {
        do {
            let stage = try values.filled(written)
            if looksForFiles, !isTried { findings.errors += FilesAhead(files: files).errors(in: stage, after: made) }
            try await checkFields(ofVariablesIn: stage.openWords)
            var words = stage.literals
            do { try check(words, of: stage) } catch let error as ZoshError {
                if !isTried { findings.errors.append(ZoshError.placed(error, at: stage.span)) }
                return nil
            }
            let condition = inBlock ? stage.condition : try stage.condition?.withOwnFields()
            if written.condition?.words.isEmpty == false {
                for part in condition?.parts ?? [] where part.isPattern { _ = try Pattern(part.value) }
            }
            words = try await named(stage, words, condition, known, inBlock)
            try await NamedOptions(shell: place.shell, asked: place.asked, isAhead: true)
                .check(words, of: stage.signature)
            if let resource = stage.signature?.fields {
                let isAlone = !known.arePiped && stage.given.allSatisfy { $0.parameter.type.element != .file }
                try await check(stage, words, settingFieldsOf: resource, isAlone: isAlone)
            }
            try await checkHeadings(of: stage, words, known)
            return Checked(stage: stage, words: words)
        } catch let error as ZoshError where error.kind != .cancelled {
            note(ZoshError.placed(error, at: written.span))
            return nil
        }
    }

    /// What the words say alone, without Zoho.
    private func check(_ words: [String: [BoundValue]], of stage: PlannedStage) throws {
        if let command = stage.entry?.command, stage.given.allSatisfy({ words[$0.parameter.name] != nil }) {
            try command.check(Call(command.signature, span: stage.name, bound: words))
        }
        guard stage.signature?.effect == .writes else { return }
        for given in stage.given where given.parameter.type.namesUser {
            guard case .value(let user) = given.source, !user.text.allSatisfy(\.isNumber) else { continue }
            try place.shell.session.checkNamesUser(user.text, at: user.span)
        }
    }

    /// The words of a stage that names fields of the rows before it, by API names.
    private mutating func named(
        _ stage: PlannedStage, _ written: [String: [BoundValue]], _ condition: Condition?, _ known: KnownRows,
        _ inBlock: Bool
    ) async throws -> [String: [BoundValue]] {
        let command = stage.entry?.command as? any FieldStage
        if let command,
            stage.signature?.parameters.allSatisfy({ $0.type.element != .field || written[$0.name] != nil }) ?? false
        {
            _ = try command.fieldsRead(Call(command.signature, span: stage.name, bound: written), condition)
        }
        guard let fields = known.fields, stage.entry?.command is any CoreCommand, StageNaming.isNeeded(stage) else {
            return written
        }
        let places = try await places(of: known)
        let naming = StageNaming(
            fields: Self.fields(fields, places), places: places, ownNames: command?.ownNames ?? [],
            ownRow: !inBlock, dates: dates, isAhead: true, asked: place.asked)
        return try await naming.named(stage, written, condition).bound
    }

    private static func fields(
        _ known: KnownFields, _ places: RowPlaces, of variable: String? = nil
    ) -> StageFields {
        StageFields(
            RowStream(Columns([], fields: known), rows: []), places.directory,
            isPlaceKnown: places.shells.contains { $0.session.connection != nil }, of: variable)
    }

    // MARK: Variables

    /// Checks `$rows.NAME` wherever it is known which fields the rows of the variable have.
    mutating func checkFields(ofVariablesIn words: [Word]) async throws {
        for fragment in words.flatMap(\.fragments) {
            guard case .variable(let reference) = fragment.kind, reference.name != "it", !reference.path.isEmpty else {
                continue
            }
            if let text = values[reference.name] {
                _ = try ValueResolver(
                    variables: VariableScope([reference.name: .value(.string(text))]), it: nil, files: files,
                    dates: dates
                ).variable(reference, at: fragment.span)
            } else if kept.contains(reference.name) {
                let resolver = ValueResolver(variables: given, it: nil, files: files, dates: dates)
                _ = try resolver.variable(reference, at: fragment.span)
            } else if let known = variables[reference.name], let fields = known.fields {
                let fields = Self.fields(fields, try await places(of: known), of: reference.name)
                _ = try await fields.path(
                    FieldPath(names: reference.path), at: fragment.span, try await fields.knowledge())
            }
        }
    }

    // MARK: Fields that are set

    private mutating func check(
        _ stage: PlannedStage, _ words: [String: [BoundValue]], settingFieldsOf resource: Resource, isAlone: Bool
    ) async throws {
        for parameter in stage.signature?.parameters ?? [] where parameter.type.element == .field {
            for value in words[parameter.name] ?? [] { _ = try await field(value.text, of: resource, at: value.span) }
        }
        var isWhole = true
        var found: Set<String> = []
        for assignment in stage.fields {
            guard let field = try await field(assignment.name, of: resource, at: assignment.span) else {
                isWhole = false
                continue
            }
            found.insert(field.name)
            if assignment.value.plain == "null" {
                try resource.checkPresence(
                    of: .null, in: field, place.shell.session.apiVersion, at: assignment.span)
            }
            guard let text = assignment.value.literal, assignment.value.plain != "null",
                assignment.value.dropping(bare: "@") == nil
            else { continue }
            let given = FieldAssignment(
                name: assignment.name, value: .string(text), span: assignment.span,
                parts: assignment.value.listedParts { $0.literal ?? "" })
            try await check(given.value(for: field.type), of: field, resource, at: assignment.span)
        }
        // Beside rows the command says better what the fields of the line are taken for.
        guard isWhole, isAlone, stage.signature?.states(.addsRecords) == true, !stage.fields.isEmpty else { return }
        let absent = resource.required(in: place.shell.session.apiVersion).filter { !found.contains($0) }
        guard !absent.isEmpty else { return }
        throw ZoshError(
            .usage, "a new \(resource.noun) needs \(absent.joined(separator: ", "))", at: stage.name,
            remedy: "add \(absent.map { $0 + "=…" }.joined(separator: " "))", code: "MANDATORY_NOT_FOUND")
    }

    /// - Returns: nil for a name outside a list that cannot be read, which is sent and read back.
    private mutating func field(_ name: String, of resource: Resource, at span: Span) async throws -> Field? {
        let known = place.directory.snapshot.fields(of: resource)
        let isInDoubt = resource.isInDoubt(known.names.meaning(of: name))
        if isInDoubt, !place.isKnown {
            guard let slip = known.names.slip(of: name) else { return nil }
            throw ZoshError(
                .usage, "\(resource.name) have no field '\(name.neutralised)'", at: span,
                remedy: "did you mean '\(slip.neutralised)'?")
        }
        let set = isInDoubt ? try await place.directory.fields(of: resource) : known
        if let gap = set.gap, set.names.meaning(of: name) == .unknown {
            findings.doubts.append(
                ZoshError(
                    .usage,
                    "the list of user fields cannot be read (\(gap.problem)), so '\(name.neutralised)' is unchecked",
                    at: span, remedy: gap.remedy))
            return nil
        }
        return try resource.fieldToSet(name, among: set.names, at: span)
    }

    private func check(_ value: Value, of field: Field, _ resource: Resource, at span: Span) async throws {
        try resource.checkPresence(of: value, in: field, place.shell.session.apiVersion, at: span)
        if try resource.listed(value, of: field, at: span) != nil { return }
        guard case .reference(let target) = field.type else {
            var field = field
            if place.isKnown, field.mayExceedLimits(value),
                case .field(let described) = try await place.directory.fields(of: resource).names.meaning(
                    of: field.name)
            {
                field = described
            }
            _ = try field.value(from: value, at: span)
            return
        }
        // Whom the lines before add is not there yet.
        guard target != Resource.users.name else {
            if value.text.trimmedOfUnseen.isEmpty { return }
            return try place.shell.session.checkNamesUser(value.text, at: span)
        }
        let values = DirectoryValues(shell: place.shell, asked: place.asked)
        guard place.shell.directory.snapshot.named(target).named(value.text) == nil,
            let now = try await values.current(target), !now.isEmpty,
            now.named(value.text) == nil
        else { return }
        let names = now.map { $0.name.neutralised }.sorted()
        throw ZoshError(
            .usage, "there is no \(field.name) '\(value.text.neutralised)'", at: span,
            remedy: Suggestion.nameRemedy(for: value.text, among: names)
                ?? Suggestion.thereAre(names, "\(target) list"))
    }

    // MARK: Headings

    /// Checks the headings of rows that become new records: each is a field, and the fields a record needs are there.
    private mutating func checkHeadings(
        of stage: PlannedStage, _ words: [String: [BoundValue]], _ known: KnownRows
    ) async throws {
        guard let signature = stage.signature, let resource = signature.fields else { return }
        let adds = signature.states(.addsRecords)
        if adds, let fields = known.fields, fields.resource == nil {
            try await check(headings: fields, of: resource, adds: true, words, at: stage.name)
        }
        let file = signature.parameters.first { $0.type == .file }.flatMap { words[$0.name]?.last }
        if let file,
            let fields = await HeadingsAhead(files: self.files, isNew: looksForFiles).fields(
                of: stage, words, after: made)
        {
            try await check(headings: fields, of: resource, adds: adds, words, at: file.span)
        }
    }

    private mutating func check(
        headings: KnownFields, of resource: Resource, adds: Bool, _ words: [String: [BoundValue]], at span: Span
    ) async throws {
        // A heading with a dot is read as an object, of which the command knows more.
        guard headings.others.allSatisfy({ $0.inner?.isEmpty ?? true }) else { return }
        let isIgnoring = words["ignore-columns"] != nil
        var found: Set<String> = []
        for name in headings.others.map(\.name) where !ConnectionColumn.mayBeMeant(by: name) {
            // They say which record a row changes.
            if !adds, PersonHeading(name) != nil { continue }
            do {
                guard let field = try await field(name.trimmedOfUnseen, of: resource, at: span) else {
                    // One that the organisation has named may be any of them.
                    return
                }
                found.insert(field.name)
            } catch let error as ZoshError where error.kind == .usage {
                // `Work Email` and the like are addresses.
                if PersonHeading(name) == .email {
                    found.insert("email")
                } else if !isIgnoring {
                    throw ZoshError(
                        .usage, "the heading '\(name.showingUnseen)' cannot be used: \(error.problem)", at: span,
                        remedy: error.suggestion
                            ?? "--ignore-columns skips columns that are not fields")
                }
            }
        }
        guard adds, let oldest = APIVersion.allCases.first, !resource.required(in: oldest).allSatisfy(found.contains)
        else {
            return
        }
        let absent = resource.required(in: .standard).filter { !found.contains($0) }
        throw ZoshError(
            .usage,
            "no column for \(absent.joined(separator: ", ")) (the headings are "
                + "\(headings.others.prefix(20).map { "'\($0.name.showingUnseen)'" }.joined(separator: ", ")))",
            at: span, remedy: "\(resource.name) add --template shows the headings of such a file")
    }
}

extension PlannedStage {
    /// The words that variables or files decide.
    var openWords: [Word] {
        var words = fields.map(\.value) + (condition?.words ?? [])
        for case .deferred(let word) in given.map(\.source) { words.append(word) }
        if case .variable(let word) = action { words.append(word) }
        return words
    }

    /// What was given to each parameter, where no variable and no file has a part in it.
    fileprivate var literals: [String: [BoundValue]] {
        var bound: [String: [BoundValue]] = [:]
        var deferred: Set<String> = []
        for given in given {
            switch given.source {
            case .value(let value): bound[given.parameter.name, default: []].append(value)
            case .deferred: deferred.insert(given.parameter.name)
            }
        }
        return bound.filter { !deferred.contains($0.key) }
    }
}
