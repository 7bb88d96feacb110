internal import ZoshKit

/// Puts values where variables and files were typed, at the moment a pipeline begins.
///
/// One variable is one value, spaces and all. Only a parameter that takes many spreads: rows give their ids, a list
/// its elements.
struct ValueResolver: Sendable {
    let variables: VariableScope
    /// The row a block runs for.
    let it: CurrentRow?
    let files: any FileReading
    let dates: DateReader

    /// What a stage is given.
    struct Given {
        var bound: [String: [BoundValue]] = [:]
        var fields: [FieldAssignment] = []
        /// Fields for which the row of a file has no value: they are left as they are.
        var leftAlone: [String] = []
    }

    func bound(_ stage: PlannedStage) async throws -> Given {
        var bound: [String: [BoundValue]] = [:]
        let options = Self.fileOptions(of: stage)
        for given in stage.given {
            switch given.source {
            case .value(let value): bound[given.parameter.name, default: []].append(value)
            case .deferred(let word):
                bound[given.parameter.name, default: []] += try await values(word, for: given.parameter, options)
            }
        }
        var fields: [FieldAssignment] = []
        var leftAlone: [String] = []
        for field in stage.fields {
            guard !isEmptyCell(field.value) else {
                leftAlone.append(field.name)
                continue
            }
            let value = try await fieldValue(
                field.value, options, keepsObjects: stage.signature?.fields != nil)
            let parts = try parts(field.value, of: value)
            fields.append(FieldAssignment(name: field.name, value: value, span: field.span, parts: parts))
        }
        return Given(bound: bound, fields: fields, leftAlone: leftAlone)
    }

    /// Whether a word is a cell of the row that a block runs for, or of the only row of a variable, read from a table
    /// where nothing stands in it. Null in JSON is a value that was written.
    private func isEmptyCell(_ word: Word) -> Bool {
        guard let reference = word.soleVariable, !reference.path.isEmpty else { return false }
        let row: Row?
        if reference.name == "it" {
            row = it?.row
        } else if case .rows(let rows, _, _)? = variables[reference.name], rows.count == 1 {
            row = rows[0]
        } else {
            row = nil
        }
        guard row?.origin?.headingLine != nil, let found = try? variable(reference, at: word.span) else { return false }
        return switch found {
        case .value(let value): value.text.trimmedOfUnseen.isEmpty
        case .rows: false
        }
    }

    /// A whole row stands for its id, so it can be compared only with an id or a reference.
    /// - Throws: `ZoshError.usage` where another field is compared with whole rows.
    func checkWholeRows(_ word: Word, as use: Condition.WordUse, comparedWith path: FieldPath) throws {
        guard let reference = word.soleVariable, reference.path.isEmpty, reference.name != "it" || it != nil else {
            return
        }
        let row: Row
        switch try variable(reference, at: word.span) {
        case .rows(let rows, _, _):
            guard let first = rows.first, use == .list || rows.count == 1 else { return }
            row = first
        case .value(.row(let only)): row = only
        case .value: return
        }
        guard row.count > 1, let name = path.names.last, FieldNames.folded(name) != "id" else { return }
        if use == .value, case .path(_, let field?) = Resource.users.fieldNames.meaning(of: path),
            case .reference = field.type
        {
            return
        }
        throw ZoshError(
            .usage,
            use == .list
                ? "\(path) is looked for in '$\(reference.name)', which holds whole rows"
                : "\(path) is compared with '$\(reference.name)', which is a whole row",
            at: word.span, remedy: "name a field: $\(reference.name).\(path)")
    }

    /// What a word in a condition stands for.
    func literals(_ word: Word) throws -> [Literal] {
        guard let reference = word.soleVariable else {
            return [Literal(.string(try text(word)), at: word.span, dates: dates)]
        }
        let values: [Value] =
            switch try variable(reference, at: word.span) {
            case .value(.list(let values)): values.flatMap { $0.list ?? [$0] }
            case .value(let value): [value]
            case .rows(let rows, _, _): try rows.map { try Self.natural($0, at: word.span, reference) }
            }
        return values.map { Literal($0, at: word.span, dates: dates) }
    }

    /// The rows a pipeline begins with: `$rows | …`.
    func rows(_ word: Word) throws -> RowStream {
        guard let reference = word.soleVariable else { return .none }
        switch try variable(reference, at: word.span) {
        case .rows(let rows, var columns, _):
            if columns.fields == nil { columns.fields = .union(of: rows) }
            return RowStream(columns, rows: rows)
        case .value(.row(let row)): return RowStream(Columns([], card: true), rows: [row])
        case .value(.list(let values)): return RowStream(rows: values.map { $0.row ?? ["value": $0] })
        case .value(let value): return RowStream(Columns(["value"]), rows: [["value": value]])
        }
    }

    /// One value for `let x = "…"`, kept as what it is.
    func variable(keeping word: Word) throws -> Variable {
        guard let reference = word.soleVariable else { return .value(.string(try text(word))) }
        return try variable(reference, at: word.span)
    }

    // MARK: Parameters

    private func values(_ word: Word, for parameter: Parameter, _ options: FileOptions) async throws -> [BoundValue] {
        let takesMany = parameter.takesMany
        if let path = word.dropping(bare: "@") {
            return try await fileValues(try text(path), word.span, parameter, takesMany, options)
        }
        guard let reference = word.soleVariable else {
            return [try read(.string(try text(word)), parameter, word.span)]
        }
        let variable = try variable(reference, at: word.span)
        if case .rows(let rows, _, _) = variable, parameter.type.element == .file {
            return [BoundValue(.list(rows.map(Value.row)), at: word.span)]
        }
        guard takesMany else {
            return [try read(try Self.single(variable, reference, at: word.span), parameter, word.span)]
        }
        switch variable {
        // Which user a row means is decided by its id and its e-mail together, and by the command.
        case .rows(let rows, _, _) where parameter.type.namesUser:
            return rows.map { BoundValue(.row($0), at: word.span) }
        case .value(.row(let row)) where parameter.type.namesUser: return [BoundValue(.row(row), at: word.span)]
        case .rows(let rows, _, _):
            return try rows.map { try read(try Self.natural($0, at: word.span, reference), parameter, word.span) }
        case .value(.list(let values)): return try values.map { try read($0, parameter, word.span) }
        case .value(let value): return [try read(value, parameter, word.span)]
        }
    }

    /// How every file a stage names is read: one `--encoding` counts for all of them.
    private static func fileOptions(of stage: PlannedStage) -> FileOptions {
        let option = FileOptions.encodingOption.parameter
        var options = FileOptions(takesEncoding: stage.signature?.parameters.contains(option) == true)
        for given in stage.given where given.parameter == option {
            if case .value(let value) = given.source { options.encoding = TextEncoding(callValue: value.value) }
        }
        return options
    }

    private func fileValues(
        _ path: String, _ span: Span, _ parameter: Parameter, _ takesMany: Bool, _ options: FileOptions
    ) async throws -> [BoundValue] {
        if parameter.type.element == .file { return [BoundValue(.string(path), at: span)] }
        guard takesMany else { return [try read(.string(try await fileText(path, options, span)), parameter, span)] }
        do {
            if parameter.type.namesUser {
                return try await files.rows(at: path, options).collect().map { BoundValue(.row($0), at: span) }
            }
            return try await files.values(at: path, columns: ["id", "email"], options)
                .map { try read(.string($0), parameter, span) }
        } catch let error as ZoshError {
            throw error.at(span)
        }
    }

    /// A file as one value, without the line break that ends it.
    private func fileText(_ path: String, _ options: FileOptions, _ span: Span) async throws -> String {
        do {
            var text = try await files.text(at: path, options)
            if text.last?.isNewline == true { text.removeLast() }
            return text
        } catch let error as ZoshError {
            throw error.at(span)
        }
    }

    /// - Parameter keepsObjects: whether the field's type decides what of an object is meant: its name or its id.
    private func fieldValue(_ word: Word, _ options: FileOptions, keepsObjects: Bool) async throws -> Value {
        if let path = word.dropping(bare: "@") {
            return .string(try await fileText(try text(path), options, word.span))
        }
        // A bare null clears the field; quoted it is the word.
        if word.plain == "null" { return .null }
        guard let reference = word.soleVariable else { return .string(try text(word, namesObjects: keepsObjects)) }
        let variable = try variable(reference, at: word.span)
        if keepsObjects {
            switch variable {
            case .value(.row(let row)) where row.count > 1: return .row(row)
            case .rows(let rows, _, _) where rows.count == 1 && rows[0].count > 1: return .row(rows[0])
            case .value, .rows: break
            }
        }
        return try Self.single(variable, reference, at: word.span)
    }

    /// The values of a list, where the word tells them apart: bare commas, or the lines of a file, which may also hold
    /// a list in JSON.
    private func parts(_ word: Word, of value: Value) throws -> [Value]? {
        if word.dropping(bare: "@") != nil {
            guard let text = value.string, text.trimmedOfUnseen.utf8.first != UInt8(ascii: "[") else { return nil }
            return text.split(whereSeparator: \.isNewline).map { String($0).trimmedOfUnseen }
                .filter { !$0.isEmpty }.map(Value.string)
        }
        return try word.listedParts { try text($0) }
    }

    private func read(_ value: Value, _ parameter: Parameter, _ span: Span) throws -> BoundValue {
        switch (value, parameter.type.element) {
        case (.null, _):
            throw ZoshError(
                .usage, "the value is empty here", at: span, remedy: "use a field that has a value in this row")
        case (.row, .file), (.list, .file): return BoundValue(value, at: span)
        case (.row(let row), _): return try read(try Self.natural(row, at: span, nil), parameter, span)
        default:
            let reader = ValueReader(dates: dates)
            return BoundValue(try reader.read(value.text, as: parameter.type, of: parameter.name, at: span), at: span)
        }
    }

    // MARK: Variables

    func variable(_ reference: VariableReference, at span: Span) throws -> Variable {
        let whole: Variable
        if reference.name == "it", let it {
            if !reference.path.isEmpty {
                return .value(try it.value(at: FieldPath(names: reference.path), of: "it", span))
            }
            whole = .value(.row(it.row))
        } else if let found = variables[reference.name] {
            whole = found
        } else if reference.name == "it" {
            throw ZoshError(
                .usage, "'$it' cannot be a part of a text here", at: span,
                remedy: "compare with the field alone: email == $it.other")
        } else {
            throw ZoshError(
                .usage, "there is no variable '$\(reference.name)'", at: span,
                remedy: "set it first: let \(reference.name) = …")
        }
        if case .rows(_, _, isWhole: false) = whole {
            throw ZoshError(
                .usage, "'$\(reference.name)' was not kept whole: it was too long, or not read to its end", at: span,
                remedy: "keep a result yourself: let rows = …")
        }
        guard !reference.path.isEmpty else { return whole }
        let written = FieldPath(names: reference.path)
        switch whole {
        case .value(.row(let row)):
            return .value(try CurrentRow(row: row, fields: nil).value(at: written, of: reference.name, span))
        case .value(.string), .value(.integer), .value(.decimal), .value(.bool):
            throw ZoshError(
                .usage, "'$\(reference.name)' is one value and has no field '\(written.description.neutralised)'",
                at: span, remedy: "for a text after it: \"$\(reference.name)\"'.\(written.description.neutralised)'")
        case .value(let value): return .value(value[written])
        case .rows(let rows, let columns, _):
            guard !rows.isEmpty else { return .value(.list([])) }
            let path = try CurrentRow.path(written, in: rows, columns.fields, of: reference.name, span)
            return rows.count == 1 ? .value(rows[0][path]) : .value(.list(rows.map { $0[path] }))
        }
    }

    /// The words' text with every variable in it written out.
    /// - Parameter namesObjects: whether a field that is an object counts as its name rather than its id.
    private func text(_ word: Word, namesObjects: Bool = false) throws -> String {
        var result = ""
        for fragment in word.fragments {
            guard case .variable(let reference) = fragment.kind else {
                result += fragment.text
                continue
            }
            if namesObjects, !reference.path.isEmpty,
                case .value(.row(let row)) = try variable(reference, at: fragment.span), let name = row.string("name")
            {
                result += name
                continue
            }
            result += try Self.part(try variable(reference, at: fragment.span), reference, at: fragment.span)
        }
        return result
    }

    /// What a variable inside a text is written as: its one value.
    /// - Throws: `ZoshError.usage` where it stands for no value or several.
    private static func part(_ variable: Variable, _ reference: VariableReference, at span: Span) throws -> String {
        var value = try single(variable, reference, at: span)
        while case .list(let values) = value {
            guard values.count == 1 else {
                let name = ([reference.name] + reference.path).joined(separator: ".").neutralised
                throw ZoshError(
                    .usage,
                    "'$\(name)' \(values.isEmpty ? "holds no value" : "is \(values.count) values") where one value is "
                        + "needed",
                    at: span,
                    remedy: values.isEmpty || reference.name == "it" ? nil : Suggestion.everyRow(reference.name))
            }
            value = values[0]
        }
        guard case .row(let row) = value else { return value.text }
        return try natural(row, at: span, reference).text
    }

    private static func single(_ variable: Variable, _ reference: VariableReference, at span: Span) throws -> Value {
        switch variable {
        case .value(.row(let row)): return try natural(row, at: span, reference)
        case .value(let value): return value
        case .rows(let rows, _, _):
            guard rows.count == 1 else {
                throw ZoshError(
                    .usage, "'$\(reference.name)' is \(rows.count) rows where one value is needed", at: span,
                    remedy: Suggestion.everyRow(reference.name))
            }
            return try natural(rows[0], at: span, reference)
        }
    }

    /// What a row counts as where one value is needed: its only field, else its id.
    private static func natural(_ row: Row, at span: Span, _ reference: VariableReference?) throws -> Value {
        if row.count == 1 { return row.values[0] }
        if let id = row["id"], !id.isNull { return id }
        throw ZoshError(
            .usage, "a row without an id stands where one value is needed", at: span,
            remedy: reference.map { "name a field: $\($0.name).\(row.names.first ?? "email")" })
    }
}

extension Parameter {
    var takesMany: Bool {
        switch (kind, type) {
        case (.arguments, _), (_, .list): true
        default: false
        }
    }
}

extension ValueType {
    /// Whether a value names a user, so that a row can stand for it.
    var namesUser: Bool { element == .user || element == .userID }
}

extension Suggestion {
    static func everyRow(_ name: String) -> String { "run for every row: $\(name) | each { … $it.id … }" }
}
