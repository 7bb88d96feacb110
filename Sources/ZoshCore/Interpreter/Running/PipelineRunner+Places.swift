internal import ZoshKit

/// A write never takes users of one organisation for those of another: an id or an address may be another user's
/// there.
extension PipelineRunner {
    /// - Throws: `ZoshError.refused` where words name users of rows that were read somewhere else.
    func checkPlaces(of stage: PlannedStage) async throws {
        guard routed == nil, let signature = stage.signature, signature.routesRows || signature.looksUpUsers,
            let here = shell.session.connection
        else { return }
        // `on` says where to look, which is how people of one organisation are looked for in another.
        if signature.looksUpUsers, shell.session.fixedConnection != nil { return }
        for given in stage.given where given.parameter.type.namesUser {
            guard case .deferred(let word) = given.source else { continue }
            for (reference, place) in word.references {
                let places = signature.looksUpUsers ? named(by: reference) : places(of: reference)
                try check(places, here, signature, at: place)
            }
        }
        // A row that says where it belongs is meant there with everything it says.
        let words = stage.words.flatMap(\.references)
        guard let it, let place = words.first(where: { $0.0.name == "it" })?.1 else { return }
        var column = ConnectionColumn()
        let row = try await naming([it.row], readIn: it.connections)[0]
        guard let (name, _) = try column.split(row) else { return }
        guard !name.isEmpty else { throw ConnectionColumn.isEmpty(at: row.origin).at(place) }
        guard name == here.name else {
            throw ZoshError(
                .refused,
                "this row belongs to the connection '\(name.neutralised)', and '\(signature.name)' "
                    + "\(signature.looksUpUsers ? "looks in" : "changes") '\(here.name)' here",
                in: row.origin, at: place, remedy: "on \(ConnectionColumn.reference(in: it.row)) \(signature.name) …")
        }
        if it.connections?.contains(where: { $0.isTaken(by: here) }) == true {
            throw ConnectionSearch.isAnother(name).at(place)
        }
    }

    /// The rows that a pipe brings, which have no column that says where they belong.
    func checkPlace(of input: RowStream?, _ here: ConnectionSummary, _ signature: Signature, at span: Span) throws {
        guard !signature.states(.addsRecords) else { return }
        try check(input?.columns.connections, here, signature, at: span)
    }

    /// Rows with a column `connection` in place of one that means the same, as `org` may in rows from elsewhere.
    func naming(_ rows: [Row], readIn places: [ConnectionPlace]?) async throws -> [Row] {
        guard rows.contains(where: { OrganisationColumn.mayCount(in: $0) }) else {
            try await checkValues(of: rows, readIn: places)
            return rows
        }
        return try await OrganisationColumn.resolved(
            rows, among: try await shell.connections.all(),
            areOfZoho: places != nil && rows.allSatisfy { $0.origin == nil }, isField: isFieldOfUsers)
    }

    /// Rows from elsewhere may say where they belong in a column of any name.
    func checkValues(of rows: [Row], readIn places: [ConnectionPlace]?) async throws {
        let rows = rows.filter { ($0.origin != nil || places == nil) && !ConnectionColumn.stands(in: $0) }
        guard !rows.isEmpty else { return }
        try await OrganisationColumn.checkValues(
            rows, among: try await shell.connections.all(), here: shell.session.connection?.name,
            isField: isFieldOfUsers)
    }

    private func isFieldOfUsers(_ heading: String) async throws -> Bool {
        guard shell.session.connection != nil else { return false }
        let fields = try await shell.directory.fields(of: .users).names
        if case .path = fields.meaning(of: FieldPath(heading)) { return true }
        return false
    }

    /// Where the rows that words name were read; nil where it is not known.
    func places(of stage: PlannedStage, _ parameter: Parameter) -> [ConnectionPlace]? {
        var places: [ConnectionPlace]?
        for given in stage.given where given.parameter == parameter {
            guard case .deferred(let word) = given.source else { continue }
            for (reference, _) in word.references {
                if reference.name == "it", let it {
                    places = it.connections.map { (places ?? []) + $0 } ?? places
                } else if case .rows(_, let columns, _)? = text.variables[reference.name] {
                    places = columns.connections.map { (places ?? []) + $0 } ?? places
                }
            }
        }
        return places
    }

    /// Where the rows of a variable were read; nil where each of them says it, or it is not known.
    private func places(of reference: VariableReference) -> [ConnectionPlace]? {
        // Where `on` names the organisation, an address is the person's who has it there; an id is of one organisation.
        let isNamed = shell.session.fixedConnection != nil
        if isNamed, let field = reference.path.last, PersonHeading(field) != .id { return nil }
        func saysIt(_ row: Row) -> Bool {
            ConnectionColumn.stands(in: row) || row.origin != nil && ConnectionColumn.mayStand(in: row)
        }
        if reference.name == "it", let it { return saysIt(it.row) ? nil : it.connections }
        guard case .rows(let rows, let columns, _)? = text.variables[reference.name] else {
            guard case .value(let value)? = text.variables[reference.name] else { return nil }
            return isNamed && value.text.contains("@") ? nil : text.variables.places(of: [reference.name])
        }
        if reference.path.isEmpty, rows.contains(where: saysIt) { return nil }
        return columns.connections ?? named(by: reference)
    }

    /// What the rows of a variable say themselves of where they belong, where a word names a field of theirs.
    private func named(by reference: VariableReference) -> [ConnectionPlace]? {
        guard !reference.path.isEmpty, case .rows(let rows, let columns, _)? = text.variables[reference.name] else {
            return nil
        }
        return ConnectionColumn.connections(of: rows)?.map { name in
            columns.connections?.first { $0.name == name } ?? ConnectionPlace(name: name, organisation: nil)
        }
    }

    /// Rows that a pipe brings without a column that says where they belong are looked up only where they were read;
    /// `on` says where to look, which is how people of one organisation are looked for in another.
    func checkLookupPlace(
        _ places: [ConnectionPlace]?, _ here: ConnectionSummary, _ signature: Signature, at span: Span
    ) throws {
        guard shell.session.fixedConnection == nil else { return }
        do { try check(places, here, signature, at: span) } catch var error as ZoshError {
            if let places, places.count > 1 {
                error.remedy =
                    "keep the column that says where each row belongs: … | select connection, email | each { on "
                    + "$it.connection \(signature.name) $it.email }"
            }
            throw error
        }
    }

    private func check(
        _ places: [ConnectionPlace]?, _ here: ConnectionSummary, _ signature: Signature, at span: Span
    ) throws {
        guard let places, places.contains(where: { !$0.isOf(here) }) else { return }
        if places.contains(where: { $0.isTaken(by: here) }) { throw ConnectionSearch.isAnother(here.name).at(span) }
        let remedy =
            if places.count == 1 {
                "on \(Syntax.quoted(places[0].name)) \(signature.name) …"
            } else if signature.looksUpUsers {
                "… | each { on $it.connection \(signature.name) $it.email }"
            } else {
                "keep the column that says where each row belongs: … | select connection, id | \(signature.name) …"
            }
        throw ZoshError(
            .refused,
            "these are users of \(places.map(\.name).fewNames.neutralised), and '\(signature.name)' "
                + "\(signature.looksUpUsers ? "looks in" : "changes") '\(here.name)'",
            at: span, remedy: remedy)
    }
}
