internal import ZoshKit

/// Asks the person, naming organisation, environment, count and every target as Zoho shows it now.
enum ConfirmStage {
    /// Targets named one by one; the rest is counted.
    private static let shown = 20
    /// From here on `y` is not enough, the number must be typed: nobody means that many by accident.
    private static let many = 25

    /// - Throws: `ZoshError.declined`, or `.usage` when nobody can be asked.
    static func ask(
        _ planned: [PlannedChange], _ session: SessionSnapshot, _ console: any Console, isYes: Bool, at span: Span
    ) async throws {
        let open = planned.filter { $0.settled == nil && $0.change.asks }
        guard !open.isEmpty, !isYes else { return }
        guard session.interactive else {
            throw ZoshError(
                .usage, "this changes \(subjects(open)) and nobody can be asked", at: span,
                remedy: "add --yes to go ahead or --dry-run to look first")
        }
        var details = open.prefix(shown).map(detail)
        if open.count > shown { details.append("and \(open.count - shown) more") }
        let question = Confirmation(
            question: question(open, session), details: details, word: word(open, session))
        guard try await console.confirm(question) else {
            throw ZoshError(.declined, "nothing was changed", at: span)
        }
    }

    private static func question(_ open: [PlannedChange], _ session: SessionSnapshot) -> String {
        let actions = Set(open.map(\.change.action))
        let verb = actions.count == 1 ? open[0].change.action : "change"
        // "Deactivate 3 users", but "Update role, city: 3 users".
        let text = verb + (verb.contains(" ") ? ": " : " ") + subjects(open)
        let first = text.prefix(1).uppercased() + text.dropFirst()
        guard let connection = session.connection, open.contains(where: \.change.reachesZoho) else { return (first + "?").neutralised }
        let place = "\(connection.orgName) (\(connection.environment.rawValue), \(connection.dataCentre))"
        return "\(first) of \(place)?".neutralised
    }

    private static func subjects(_ open: [PlannedChange]) -> String {
        if case .store = open.first?.change.subject { return "the store" }
        let noun =
            open.allSatisfy { $0.userID != nil } ? "user"
            : open.allSatisfy { if case .newUser = $0.change.subject { true } else { false } } ? "new user"
            : open.allSatisfy { if case .client = $0.change.subject { true } else { false } } ? "client"
            : open.allSatisfy { !$0.change.reachesZoho } ? "connection" : "thing"
        return open.count == 1 ? "1 \(noun)" : "\(open.count) \(noun)s"
    }

    /// `Ada Lovelace <ada@acme.example> · Manager · active: deactivate`.
    private static func detail(_ planned: PlannedChange) -> String {
        var who = planned.label
        if let row = planned.known {
            let name = row.string("full_name").map { "\($0) <\(planned.label)>" } ?? planned.label
            who = [name, row["role.name" as FieldPath].string, row.string("status")].compactMap(\.self).joined(separator: " · ")
        }
        if case .newUser = planned.change.subject {
            let after = planned.change.after
            let name = [after["first_name"]?.text, after["last_name"]?.text].compactMap(\.self).joined(separator: " ")
            who = ["\(name) <\(planned.label)>", after["role.name" as FieldPath].string, after["profile.name" as FieldPath].string].compactMap(\.self).joined(separator: " · ")
        }
        return "\(who): \(planned.change.action)".neutralised
    }

    /// The word that must be typed: the organisation for what cannot be taken back, the number for many.
    private static func word(_ open: [PlannedChange], _ session: SessionSnapshot) -> String? {
        let isFinal = open.contains { $0.change.blast == .irreversible }
        guard isFinal || open.count > many else { return nil }
        if case .store = open[0].change.subject { return open[0].change.action }
        let name = session.connection?.orgName ?? ""
        // Not every keyboard writes every name, and nobody types what has to be escaped.
        let isTypeable = !name.isEmpty && name.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
        return isFinal && isTypeable ? name : String(open.count)
    }
}

extension Change {
    /// Signing in is itself the answer to questions, and harmless changes need none.
    fileprivate var asks: Bool {
        if case .signIn = operation { return false }
        return blast > .harmless
    }
}
