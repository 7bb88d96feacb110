internal import ZoshKit

/// Fits a script to another organisation than the one it was written for: `replay FILE --map`.
///
/// Ids are translated through the organisation the script names, when it is stored here, and otherwise cannot be.
/// People must then be there by e-mail, roles and profiles by name; whoever is not is told before anything runs.
struct ScriptMap {
    /// Where the script says it belongs.
    let home: ScriptHeader
    /// The directory of the organisation the script was written for; nil when there is no connection to it.
    let origin: DirectorySnapshot?
    var target: DirectorySnapshot
    let targetName: String
    /// Addresses of people whom the scripts around this one add.
    var added: Set<String> = []

    /// The same for a file that runs within: whoever was added since the beginning is there now.
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

    /// The text to run here and its plan, whose errors say what cannot be mapped.
    func fitted(_ source: SourceText, _ plan: Plan, replan: (String) -> Plan) -> (SourceText, Plan) {
        let (text, errors) = map(source, plan, replan: replan)
        var mapped = text == source.text ? plan : replan(text)
        mapped.errors = (mapped.errors + mapped.choosing + errors).sorted {
            ($0.span?.lower ?? 0) < ($1.span?.lower ?? 0)
        }
        return (SourceText(text, name: source.name), mapped)
    }

    /// The text to run here, and what of it nobody here answers to. Places are those of the text given back.
    private func map(_ source: SourceText, _ plan: Plan, replan: (String) -> Plan) -> (
        text: String, errors: [ZoshError]
    ) {
        // Where no name can stand, the id of the same bearer here does.
        let (text, strangers) = Renaming.apply(to: source.text, plan, origin ?? .empty, namesInConditions: false) {
            bearer in
            target.id(of: bearer).map(Renaming.StandIn.id)
        }
        // An id that somebody has here is no stranger's.
        let errors = strangers.filter { $0.bearer != nil || target.bearer(of: $0.text) == nil }.map { stranger in
            stranger.bearer.map { missing($0, at: stranger.span) } ?? foreign(stranger.text, at: stranger.span)
        }
        guard errors.isEmpty else { return (source.text, errors) }
        let mapped = text == source.text ? plan : replan(text)
        let added = mapped.added.union(added)
        return (text, mapped.mentions(in: text).compactMap { missing($0, added) })
    }

    /// What a parameter's value is here: an id of the script's own organisation becomes the id of the same bearer.
    /// - Throws: when it names nobody, no role, no profile here.
    func meaning(of value: Value, _ type: ValueType, at span: Span) throws(ZoshError) -> Value {
        let kind: Mention.Kind?
        switch type {
        case .user, .userID: kind = .person
        case .role: kind = .role
        case .profile: kind = .profile
        case .string: kind = nil
        default: return value
        }
        let mention = Mention(kind: kind ?? .person, text: value.text, span: span)
        if mention.isID, target.bearer(of: value.text) == nil, let bearer = origin?.bearer(of: value.text) {
            guard let id = target.id(of: bearer) else { throw missing(bearer, at: span) }
            return .string(id)
        }
        guard kind != nil, let error = missing(mention, added) else { return value }
        throw mention.isID ? foreign(value.text, at: span) : error
    }

    private func foreign(_ id: String, at span: Span) -> ZoshError {
        ZoshError(
            .notFound, "the id \(id) belongs to another organisation", at: span,
            remedy: origin == nil
                ? "name the person by e-mail, the role by name; or sign in to the script's own organisation so that "
                    + "ids can be looked up"
                : "no user, role or profile there has it either: name the person by e-mail, the role by name")
    }

    private func missing(_ bearer: Bearer, at span: Span) -> ZoshError {
        let what =
            switch bearer {
            case .person(let email): "no user matches '\(email)'"
            case .role(let name): "there is no role '\(name)'"
            case .profile(let name): "there is no profile '\(name)'"
            }
        return ZoshError(
            .notFound, "\(what) in \(targetName)", at: span, remedy: "add them there first, or change the script")
    }

    private func missing(_ mention: Mention, _ added: Set<String>) -> ZoshError? {
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
