public import ZoshKit

extension AccountService {
    /// Says what would never be done, and never be put back, without a connection.
    public func noteTimedJobs(needing connection: String, on console: any Console) async throws {
        for job in try await timedJobs(needing: connection) {
            let time = job.timing?.text ?? ""
            if job.timing?.isWayBack == true, let undone = job.undoes {
                console.note(
                    "Without '\(connection)' job \(job.number) cannot put back at \(time) what job \(undone) changed; "
                        .neutralised + "to put it back first: undo \(undone)")
            } else {
                console.note(
                    "Without '\(connection)' job \(job.number) cannot run at \(time); to cancel it: ".neutralised
                        + "jobs cancel \(job.number)")
            }
        }
    }
}
