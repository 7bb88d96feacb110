internal import ZoshKit

/// Asks the person, naming organisation, environment, count and every target as Zoho shows it now.
enum ConfirmStage {
    /// Targets named one by one; the rest is counted.
    private static let shown = 20
    /// Above this `y` is not enough: so many could be meant by accident.
    private static let many = 10

    /// The changes that need an answer.
    static func open(_ planned: [PlannedChange]) -> [PlannedChange] {
        planned.filter { $0.settled == nil && $0.effect.asks }
    }

    /// - Throws: `ZoshError.declined`, or `.usage` when no question can be asked.
    /// - Parameter shared: where the question is asked together with those of other connections.
    static func ask(
        _ planned: [PlannedChange], _ session: SessionSnapshot, _ console: any Console, _ write: WriteOptions,
        with shared: SharedQuestion.Part? = nil
    ) async throws {
        let open = open(planned)
        guard !open.isEmpty else { return }
        let question = Confirmation(
            question: question(open, session, write), details: details(open) + AdministratorRights.sentences(open),
            word: word(open, session))
        var isAgreed = try await shared?.ask(question)
        if isAgreed == nil { isAgreed = try await console.confirm(question) }
        guard isAgreed == true else { throw ZoshError(.declined, "Nothing changed") }
    }

    /// - Throws: `ZoshError.usage` when there is something to ask and no person to answer.
    static func checkAnswerable(_ planned: [PlannedChange], _ session: SessionSnapshot, at span: Span) throws {
        guard !session.interactive, !open(planned).isEmpty else { return }
        throw ZoshError(
            .usage, "confirmation needed, but this is not an interactive session", at: span,
            remedy: "add --yes to go ahead or --dry-run to look first")
    }

    private static func details(_ open: [PlannedChange]) -> [String] {
        open.prefix(shown).map(ChangeWords.detail) + (open.count > shown ? ["and \(open.count - shown) more"] : [])
    }

    private static func question(_ open: [PlannedChange], _ session: SessionSnapshot, _ write: WriteOptions)
        -> String
    {
        let actions = Set(open.map(\.effect.action))
        let verb = actions.count == 1 ? open[0].effect.action : "change"
        let sets = open.allSatisfy { $0.result == .values }
        let text =
            if sets, verb.hasPrefix("update") || actions.count > 1 {
                "\(settings(open)) for \(subjects(open))"
            } else if sets, verb.contains(" ") {
                "\(verb) for \(subjects(open))"
            } else {
                verb + (verb.contains(" ") ? ": " : " ") + subjects(open)
            }
        return (text.prefix(1).uppercased() + text.dropFirst() + place(open, session) + times(write) + "?").neutralised
    }

    /// `, at 2026-12-31 17:00 Europe/Berlin, for 2h`.
    private static func times(_ write: WriteOptions) -> String {
        (write.at.map { ", at \($0.text)" } ?? "") + (write.lasting.map { ", for \(TimeLength.text($0))" } ?? "")
    }

    /// `change role to Product Manager and city to Bern`; a field that gets several values is named alone.
    private static func settings(_ open: [PlannedChange]) -> String {
        var names: [String] = []
        var values: [String: Set<String>] = [:]
        for planned in open {
            for (name, value) in planned.sent.fields {
                if values[name] == nil { names.append(name) }
                values[name, default: []].insert(value.text.isEmpty ? "nothing" : planned.shown(name, value))
            }
        }
        let parts = names.map { name in values[name]?.count == 1 ? "\(name) to \(values[name]?.first ?? "")" : name }
        guard parts.count > 3 else { return "change " + list(parts) }
        return "change "
            + list(Array(parts.prefix(3)) + ["\(parts.count - 3) more field\(parts.count == 4 ? "" : "s")"])
    }

    private static func list(_ parts: [String]) -> String {
        parts.count < 2 ? parts.joined() : parts.dropLast().joined(separator: ", ") + " and " + parts[parts.count - 1]
    }

    /// ` in Zylker (production, eu)`; empty for what concerns this machine only.
    private static func place(_ open: [PlannedChange], _ session: SessionSnapshot) -> String {
        guard let connection = session.connection, open.contains(where: \.effect.reachesZoho) else { return "" }
        let organisation = ChangeWords.short(connection.orgName)
        return " in \(organisation) (\(connection.environment.rawValue), \(connection.dataCentre))"
    }

    private static func subjects(_ open: [PlannedChange]) -> String {
        let noun = open.map(\.effect).noun
        if open.allSatisfy(\.isOnlyOne) { return "the \(noun)" }
        let count = Set(open.map(\.effect.target)).count
        return "\(count) \(noun)\(count == 1 ? "" : "s")"
    }

    /// What must be typed, for what cannot be taken back, for an administrator, and for many: the organisation's name.
    private static func word(_ open: [PlannedChange], _ session: SessionSnapshot) -> String? {
        let isFinal = open.contains { $0.effect.blast == .irreversible }
        let count = Set(open.map(\.effect.target)).count
        guard isFinal || count > many || open.contains(where: AdministratorRights.isConcerned) else { return nil }
        if open.allSatisfy(\.isOnlyOne) { return open[0].effect.action }
        guard open.contains(where: \.effect.reachesZoho) else { return String(count) }
        // Some keyboards cannot type a name that is not plain ASCII: the connection's name stands for it then.
        let names = [session.connection?.orgName, session.connection?.name].compactMap(\.self)
        return names.first { !$0.isEmpty && $0.utf8.allSatisfy { (0x20..<0x7F).contains($0) } } ?? String(count)
    }
}

extension PlannedChange {
    /// Whether it concerns something of this machine of which there is only one, and which therefore has no name.
    fileprivate var isOnlyOne: Bool { !effect.reachesZoho && effect.target.name.isEmpty }
}

extension Effect {
    /// Whether a person has to agree first.
    fileprivate var asks: Bool { blast > .harmless }
}
