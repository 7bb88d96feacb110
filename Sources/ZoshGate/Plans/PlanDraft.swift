internal import ZoshKit

/// The plan that is being made of one line: the rows of all its writes, in order, in a file once the line is over.
actor PlanDraft: LinePlan {
    private let path: String
    private let line: String
    nonisolated let connection: ConnectionSummary
    private let registry: PlanRegistry
    private var rows: [PlanRow] = []
    private var planned: [PlannedChange] = []
    private var targets: Set<EffectTarget> = []
    /// The job that the writes take back; nil for writes that take back none. Set by the first of them.
    private var undoes: Int??
    private var window = 1
    private var creditsLeft: Int?

    init(at path: String, of line: String, on connection: ConnectionSummary, in registry: PlanRegistry) {
        self.path = path
        self.line = line
        self.connection = connection
        self.registry = registry
    }

    /// Takes what one write would do, as a dry run has it.
    /// - Throws: `ZoshError.refused` when an earlier write of the line is about the same record: it is planned as the
    ///   record is now, and would not be that way any more.
    func add(_ changes: [PlannedChange], undoing job: Int?, for executor: any ChangeExecutor) async throws {
        // An undo is exempt from brakes: other changes must not pass as a part of it.
        if let undoes, undoes != job {
            throw ZoshError(.refused, "a plan cannot hold an undo and other changes", remedy: "make a plan for each")
        }
        let open = changes.filter { $0.settled?.outcome == .planned }
        if let twice = open.first(where: { targets.contains($0.effect.target) }) {
            throw ZoshError(
                .refused, "two commands of this line change \(ChangeWords.subject(twice))",
                remedy: "make two plans; make the second after applying the first")
        }
        targets.formUnion(open.map(\.effect.target))
        guard rows.count + changes.count <= PlanDocument.mostRows else { throw PlanDocument.tooLong(path) }
        rows += changes.map { PlanRow($0) }
        planned += open
        undoes = .some(job)
        window = executor.window
        creditsLeft = await executor.creditsLeft()
    }

    func lineEnded(after status: ExitStatus) async throws -> [String] {
        guard [.done, .partial].contains(status) else {
            return ["No plan was written, because the line failed"]
        }
        let cost = PlanCost(of: planned, window: window, left: creditsLeft)
        let needsApproval = connection.approvals > 0 && ApprovalStage.reason(planned) != nil
        let header = PlanHeader(
            line: line, on: connection, at: registry.now, undoing: undoes ?? nil, needsApproval: needsApproval, cost)
        let document = PlanDocument(header: header, rows: rows)
        try await registry.write(document, to: path)
        let counts = document.counts.filter { $0.count > 0 }.map { "\($0.count) \($0.outcome)" }
        let name = registry.word(for: path)
        return [
            "plan \(name): \(counts.isEmpty ? "nothing to change" : counts.joined(separator: ", ")); \(cost.sentence)",
            needsApproval
                ? "It needs \(connection.approvals) approval\(connection.approvals == 1 ? "" : "s"): send the file to "
                    + "someone else, who runs 'approve FILE' and sends it back"
                : nil,
            "Review it, then apply it before \(Timestamp.rfc3339(header.expires)) with: apply \(name)",
        ].compactMap(\.self)
    }
}
