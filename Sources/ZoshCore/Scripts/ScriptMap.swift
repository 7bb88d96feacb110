internal import ZoshKit

/// Fits a script to another organisation than the one it was written for: `replay FILE --map`.
///
/// Ids are translated through the organisation the script names, when it is stored here, and otherwise cannot be.
/// People must then be there by e-mail, roles and profiles by name; whoever is not is told before anything runs.
struct ScriptMap {
    /// The directory of the organisation the script was written for; nil when there is no connection to it.
    let origin: DirectorySnapshot?
    let target: DirectorySnapshot
    let targetName: String

    /// The text to run here, and what of it nobody here answers to. Places are those of the text given back.
    func map(_ source: SourceText, _ plan: Plan, replan: (String) -> Plan) -> (text: String, errors: [ZoshError]) {
        let (text, strangers) = Renaming.apply(to: source.text, plan, origin ?? .empty)
        let errors = strangers.map { mention in
            ZoshError(
                .notFound, "the id \(mention.text) belongs to another organisation", at: mention.span,
                remedy: origin == nil ? "name the person by e-mail, the role by name; or sign in to the script's own organisation so that ids can be looked up" : "nobody there has it either: name the person by e-mail, the role by name")
        }
        guard errors.isEmpty else { return (source.text, errors) }
        let mapped = text == source.text ? plan : replan(text)
        let added = mapped.added
        return (text, mapped.mentions(in: text).compactMap { missing($0, added) })
    }

    /// - Throws: when a parameter names nobody, no role, no profile here.
    func check(_ value: String, _ type: ValueType, at span: Span) throws {
        let kind: Mention.Kind
        switch type {
        case .user, .userID: kind = .person
        case .role: kind = .role
        case .profile: kind = .profile
        default: return
        }
        if let error = missing(Mention(kind: kind, text: value, span: span), []) { throw error }
    }

    private func missing(_ mention: Mention, _ added: Set<String>) -> ZoshError? {
        let what: String
        switch mention.kind {
        case .person:
            if added.contains(mention.text.lowercased()) || !target.people(matching: mention.text).isEmpty { return nil }
            what = "nobody is '\(mention.text)'"
        case .role:
            if has(target.roles, mention.text) { return nil }
            what = "there is no role '\(mention.text)'"
        case .profile:
            if has(target.profiles, mention.text) { return nil }
            what = "there is no profile '\(mention.text)'"
        }
        return ZoshError(.notFound, "\(what) in \(targetName)", at: mention.span, remedy: "add them there first, or change the script")
    }

    private func has(_ all: [NamedID], _ text: String) -> Bool {
        all.contains { $0.id == text || $0.name.lowercased() == text.lowercased() }
    }
}
