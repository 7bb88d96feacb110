import ZoshGate
import ZoshKit

/// Jobs that wait for their time, and those that nothing has run.
extension Doctor {
    /// Nil while none waits, and where it cannot be known.
    func timedJobs(among connections: [ConnectionSummary]?) async -> Row? {
        guard await storeSession.openedSilently() != nil, let all = try? await jobs.timed(), !all.isEmpty else {
            return nil
        }
        if let connections {
            for job in all {
                do { _ = try await jobs.connection(of: job.number, among: connections) } catch let error as ZoshError {
                    let remedy = error.remedy.map { "\($0), or give it up: jobs cancel \(job.number)" }
                    return row("timed jobs", "warning", error.problem, remedy ?? "")
                } catch { continue }
            }
        }
        let due = all.filter { $0.state == .due }
        if let sentence = OverdueJobs(due, at: jobs.now()).sentence {
            return row("timed jobs", "warning", sentence, "jobs due, and once for all: jobs timer")
        }
        let next = all.first.map { ", the next until \($0.timing?.text ?? "") (job \($0.number))" } ?? ""
        return row("timed jobs", "ok", "\(all.count) wait\(all.count == 1 ? "s" : "")\(next)")
    }
}
