/// What the gate has written down of one step of a run: the changes decided on, and what is known of them.
package struct RecordedStep: Sendable {
    package let step: Origin.Step
    package let changes: [Change]
    /// Whether every change is done, or was not needed.
    package let isDone: Bool
    /// Whether Zoho still has to do some of them.
    package let isAccepted: Bool
    /// The write's rows as far as they are known.
    package let reports: [Row]

    package init(_ step: Origin.Step, changes: [Change], isDone: Bool, isAccepted: Bool = false, reports: [Row]) {
        self.step = step
        self.changes = changes
        self.isDone = isDone
        self.isAccepted = isAccepted
        self.reports = reports
    }
}

/// What the interpreter asks of the gate when a run is taken up again.
package protocol StepHistory: Sendable {
    /// The steps of a run, each as its latest attempt left it.
    /// - Parameter since: when the run began, in seconds since 1970.
    func steps(of run: Int, since: Int64) async throws -> [RecordedStep]

    /// Whether the job of one of its lines was given up, as `steps` has found it.
    func hasCancelledLines(_ run: Int) async -> Bool

    /// The jobs of a run that are not finished.
    /// - Parameter closing: whether those of which nothing is left to do are finished first.
    func jobsLeft(of run: Int, closing: Bool) async throws -> [Int]
}
