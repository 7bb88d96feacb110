internal import ZoshKit

/// Which connections `on $it.connection …` in a block means for each row, looked at before the block runs: a cell that
/// names none would otherwise be found after the rows before it were changed.
struct TargetsOfRows {
    private let stages: [PlannedStage]
    private let runner: PipelineRunner
    private let isWrite: Bool

    /// - Returns: nil where no row decides where a command of the block runs.
    init?(_ block: PlannedBlock, _ runner: PipelineRunner) {
        var stages: [PlannedStage] = []
        for (index, statement) in block.statements.enumerated() where statement.condition == .always {
            let next = index + 1 < block.statements.count ? block.statements[index + 1].condition : .always
            // What another command is there for may fail.
            guard next != .ifFailed else { continue }
            stages += statement.ownPipelines.flatMap(\.stages).filter { $0.isFanOut && $0.isChosenByRow }
        }
        guard !stages.isEmpty else { return nil }
        self.stages = stages
        self.runner = runner
        isWrite = block.writesAtZoho
    }

    /// - Parameter all: the connections there are; nil to look at nothing but whether the rows name any.
    /// - Throws: what is wrong with the rows, all of it at once.
    func check(_ rows: [Row], _ columns: Columns, from first: Int = 0, among all: [ConnectionSummary]?) async throws {
        var problems = RowProblems()
        for (index, row) in rows.enumerated() {
            let it = CurrentRow(row: row, fields: columns.fields, connections: columns.connections)
            for stage in stages {
                do { try await check(stage, it, among: all) } catch {
                    let error = ZoshError.placed(error, at: stage.span)
                    problems.add(error, at: row.origin, row: first + index + 1)
                }
            }
        }
        guard !problems.isEmpty else { return }
        let isLater = runner.text.tally.count(adding: []).before > 0
        let ending = isWrite ? (isLater ? "none of these rows was changed" : ZoshError.nothingChanged) : nil
        throw problems.error(.usage, "do not say where they belong", ending: ending, at: stages[0].span)
    }

    private func check(_ stage: PlannedStage, _ it: CurrentRow, among all: [ConnectionSummary]?) async throws {
        let resolver = ValueResolver(
            variables: runner.text.variables, it: it, files: runner.files, dates: runner.text.interpreter.dates)
        for (reference, span) in stage.words.flatMap(\.references) where reference.name == "it" {
            if case .value(let value) = try resolver.variable(reference, at: span), value.text.trimmedOfUnseen.isEmpty {
                throw ConnectionColumn.isEmpty(at: nil)
            }
        }
        guard let all else { return }
        _ = try FanOut.connections(try await resolver.bound(stage).bound["connections"] ?? [], all)
    }
}

extension PlannedStage {
    fileprivate var isChosenByRow: Bool {
        words.flatMap(\.references).contains { $0.0.name == "it" && !$0.0.path.isEmpty }
    }
}
