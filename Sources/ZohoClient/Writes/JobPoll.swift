internal import ZoshKit

/// Polls a job that Zoho has accepted until it is over, or nobody waits any longer. The write itself is never sent
/// again.
struct JobPoll: Sendable {
    /// Between two questions: a job of Zoho's takes minutes, and each question costs a call.
    private static let pause = Duration.seconds(5)
    /// Half an hour of them.
    private static let most = 360

    private let job: AcceptedJob
    private let number: String
    private let change: Change
    private let version: APIVersion
    private let caller: CRMCaller
    private let clock: any ClientClock

    init(
        _ job: AcceptedJob, number: String, _ change: Change, version: APIVersion, caller: CRMCaller,
        clock: any ClientClock
    ) {
        self.job = job
        self.number = number
        self.change = change
        self.version = version
        self.caller = caller
        self.clock = clock
    }

    func result() async -> ChangeResult {
        for question in 1... {
            do {
                let path = try WriteRequest.path(job.path, for: change)
                let request = CRMRequest(
                    version: version, path: path, query: [(name: job.id, value: number)], scope: job.scope)
                let state = try await caller.read(request).body[job.state].text
                if job.done.contains(state) {
                    return .done(id: change.id, message: "job \(PlainText.shown(number, limit: 40)) is \(state)")
                }
                if job.failed.contains(state) {
                    return .refused(ZoshError(.refused, "Zoho's job \(PlainText.shown(number, limit: 40)) failed"))
                }
                guard question < Self.most else { break }
                try await clock.sleep(for: Self.pause)
            } catch {
                return .accepted(job: number, reason: Task.isCancelled ? nil : "its status could not be read")
            }
        }
        return .accepted(job: number)
    }
}
