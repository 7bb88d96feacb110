internal import ZoshKit

/// A write never takes users of one organisation for those of another: an id or an address may be somebody else's
/// there.
extension PipelineRunner {
    /// - Throws: `ZoshError.refused` where words name users of rows that were read somewhere else.
    func checkPlaces(of stage: PlannedStage) throws {
        guard routed == nil, let signature = stage.signature, signature.routesRows || signature.looksUpUsers,
            let here = shell.session.connection?.name
        else { return }
        // `on` says where to look, which is how people of one organisation are looked for in another.
        if signature.looksUpUsers, shell.session.fixedConnection != nil { return }
        for given in stage.given where given.parameter.type.namesUser {
            guard case .deferred(let word) = given.source else { continue }
            for (reference, place) in word.references {
                let names = signature.looksUpUsers ? named(by: reference) : connections(of: reference)
                try check(names, here, signature, at: place)
            }
        }
        // A row that says where it belongs is meant there with everything it says.
        let words = stage.words.flatMap(\.references)
        guard let row = it?.row, let place = words.first(where: { $0.0.name == "it" })?.1 else { return }
        var column = ConnectionColumn()
        guard let (name, _) = column.split(row), name != here else { return }
        throw ZoshError(
            .refused,
            "this row belongs to the connection '\(name.neutralised)', and '\(signature.name)' "
                + "\(signature.looksUpUsers ? "looks in" : "changes") '\(here)' here",
            at: place, remedy: "on $it.connection \(signature.name) …")
    }

    /// The rows that a pipe brings, which have no column that says where they belong.
    func checkPlace(of input: RowStream?, _ here: String, _ signature: Signature, at span: Span) throws {
        guard !signature.states(.addsRecords) else { return }
        try check(input?.columns.connections, here, signature, at: span)
    }

    /// Where the rows of a variable were read; nil where each of them says it, or nobody knows.
    private func connections(of reference: VariableReference) -> [String]? {
        // Where `on` names the organisation, an address is the person's who has it there; an id is of one organisation.
        let isNamed = shell.session.fixedConnection != nil
        if isNamed, let field = reference.path.last, PersonHeading(field) != .id { return nil }
        if reference.name == "it", let it {
            return ConnectionColumn.stands(in: it.row) ? nil : it.connections
        }
        guard case .rows(let rows, let columns, _)? = text.variables[reference.name] else { return nil }
        if reference.path.isEmpty, rows.contains(where: ConnectionColumn.stands) { return nil }
        return columns.connections ?? ConnectionColumn.connections(of: rows)
    }

    /// What the rows of a variable say themselves of where they belong, where a word names a field of theirs.
    private func named(by reference: VariableReference) -> [String]? {
        guard !reference.path.isEmpty, case .rows(let rows, _, _)? = text.variables[reference.name] else { return nil }
        return ConnectionColumn.connections(of: rows)
    }

    private func check(_ connections: [String]?, _ here: String, _ signature: Signature, at span: Span) throws {
        guard let connections, connections.contains(where: { $0 != here }) else { return }
        let remedy =
            if connections.count == 1 {
                "on \(Syntax.quoted(connections[0])) \(signature.name) …"
            } else if signature.looksUpUsers {
                "… | each { on $it.connection \(signature.name) $it.email }"
            } else {
                "keep the column connection of the rows: … | select connection, id | \(signature.name) …"
            }
        throw ZoshError(
            .refused,
            "these are users of \(connections.fewNames.neutralised), and '\(signature.name)' "
                + "\(signature.looksUpUsers ? "looks in" : "changes") '\(here)'",
            at: span, remedy: remedy)
    }
}
