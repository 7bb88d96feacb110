internal import ZoshKit

/// Lets a script run in another organisation than the one it was written for: `replay FILE --map`.
///
/// People must be there by e-mail, roles and profiles by name; those that are not are reported before anything runs. An
/// id means nothing there and is refused, with the name that would mean the same in both.
struct ScriptMap {
    /// Where the script says it belongs.
    let home: ScriptHeader
    /// The directory of the organisation the script was written for; nil when there is no connection to it.
    let origin: DirectorySnapshot?
    var target: DirectorySnapshot
    let targetName: String
    /// Addresses of people whom the scripts around this one add.
    var added: Set<String> = []

    /// The same for a file that runs within: those who were added since the beginning are there now.
    func renewed(by directory: any UserDirectory) async throws -> ScriptMap {
        var map = self
        map.target = try await directory.fresh(within: 60)
        return map
    }

    /// The same for what runs within a script of this plan.
    func within(_ plan: Plan) -> ScriptMap {
        var map = self
        map.added.formUnion(plan.added)
        return map
    }

    /// The plan with what cannot be mapped among its errors.
    func checked(_ plan: Plan, of text: String) -> Plan {
        var plan = plan
        plan.errors = (plan.errors + plan.choosing + errors(in: text, plan)).sorted {
            ($0.span?.lower ?? 0) < ($1.span?.lower ?? 0)
        }
        return plan
    }

    private func errors(in text: String, _ plan: Plan) -> [ZoshError] {
        let mentions = plan.mentions(in: text)
        let added = plan.added.union(added)
        var errors = mentions.compactMap { missing($0, added) }
        for id in plan.looseIDs(in: text, besides: mentions.map { $0.option ?? $0.span }) {
            // A long number that is not a known id may be a telephone number.
            if id.isCertain || record(withID: id.text) != nil {
                errors.append(unmapped(id.text, at: id.span, in: plan))
            }
        }
        return errors
    }

    /// Checks what was given for a parameter: ids are those of the organisation the script runs in.
    /// - Throws: when no user, role or profile here matches.
    func check(_ value: Value, _ type: ValueType, at span: Span) throws(ZoshError) {
        let kind: Mention.Kind
        switch type {
        case .user, .userID: kind = .person
        case .role: kind = .role
        case .profile: kind = .profile
        default: return
        }
        let mention = Mention(kind: kind, text: value.text, span: span)
        if mention.isID, target.record(withID: value.text) != nil { return }
        if let error = missing(mention, added) { throw error }
    }

    private func record(withID id: String) -> NamedRecord? { origin?.record(withID: id) ?? target.record(withID: id) }

    private func unmapped(_ id: String, at span: Span, in plan: Plan? = nil) -> ZoshError {
        let remedy =
            record(withID: id).map { plan?.comparison(with: $0, at: span) ?? "write \($0.portable) instead" }
            ?? (origin == nil
                ? "name the person by e-mail, the role by name; or sign in to the script's own organisation so that "
                    + "ids can be looked up"
                : "no user, role or profile there has it: name the person by e-mail, the role by name")
        return ZoshError(.notFound, "the id \(id) means nothing in \(targetName)", at: span, remedy: remedy)
    }

    private func missing(_ record: NamedRecord, at span: Span) -> ZoshError {
        let what =
            switch record {
            case .person(let email): "no user matches '\(email)'"
            case .role(let name): "there is no role '\(name)'"
            case .profile(let name): "there is no profile '\(name)'"
            }
        return ZoshError(
            .notFound, "\(what) in \(targetName)", at: span, remedy: "add them there first, or change the script")
    }

    private func missing(_ mention: Mention, _ added: Set<String>) -> ZoshError? {
        if mention.isID { return unmapped(mention.text, at: mention.span) }
        switch mention.kind {
        case .person:
            if added.contains(mention.text.lowercased()) || !target.people(matching: mention.text).isEmpty {
                return nil
            }
            return missing(.person(email: mention.text), at: mention.span)
        case .role:
            return target.roles.named(mention.text) != nil ? nil : missing(.role(mention.text), at: mention.span)
        case .profile:
            return target.profiles.named(mention.text) != nil ? nil : missing(.profile(mention.text), at: mention.span)
        }
    }
}

extension [NamedID] {
    /// The one of this name or id.
    func named(_ text: String) -> NamedID? { first { $0.id == text || $0.name.lowercased() == text.lowercased() } }
}

extension Plan {
    /// What to compare where a condition compares ids with one; nil elsewhere.
    fileprivate func comparison(with record: NamedRecord, at span: Span) -> String? {
        let equalities = pipelines.flatMap(\.stages).compactMap(\.condition).flatMap(\.equalities)
        guard let path = equalities.first(where: { $0.value.span.holds(span) })?.field.path else { return nil }
        var names = path.names
        guard names.last.map(FieldNames.folded) == "id" else { return nil }
        names.removeLast()
        let own = if case .person = record { "email" } else { "name" }
        let field = names.isEmpty ? own : FieldPath(names: names).description.neutralised
        return "compare \(field) with \(Syntax.quoted(record.name)) instead"
    }

    /// Commands by which the script would leave the organisation it is being fitted to.
    fileprivate var choosing: [ZoshError] {
        pipelines.flatMap(\.stages).filter(\.choosesConnection).map { stage in
            ZoshError(
                .usage,
                "'\(stage.signature?.name ?? "")' chooses a connection, so the script cannot be mapped to another",
                at: stage.name,
                remedy: "leave the line out: the script runs where it is replayed")
        }
    }
}
