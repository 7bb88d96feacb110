public import ZoshKit

/// Jobs: what was changed at Zoho, by number, and what of it is left to do.
public struct JobsModule: ShellModule {
    public let name = "jobs"
    public let summary = "What was changed at Zoho, and what of it is left to do"

    private let jobs: any JobService

    private let plans: any PlanService

    private let timed: any DueJobs

    public init(jobs: any JobService, plans: any PlanService, timed: any DueJobs) {
        self.jobs = jobs
        self.plans = plans
        self.timed = timed
    }

    public var commands: [any Command] {
        [
            JobsList(jobs: jobs), JobsShow(jobs: jobs), JobsFailed(jobs: jobs), JobsResume(jobs: jobs),
            JobsCancel(jobs: jobs), JobsUndo(jobs: jobs), JobsPrune(), JobsDue(timed: timed),
            JobsTimer(timed: timed), Apply(plans: plans),
            Approve(plans: plans), ApproveKeysList(plans: plans), ApproveKeysAdd(plans: plans), ApproveKeysRemove(),
        ]
    }
}
