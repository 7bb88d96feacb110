import ZoshGate
import ZoshKit

/// Scheduled jobs, and those that are overdue.
extension Doctor {
    /// Nil while none waits, and where it cannot be known.
    func timedJobs(among connections: [ConnectionSummary]?) async -> Row? {
        guard await storeSession.openedSilently() != nil, let all = try? await jobs.timed(), !all.isEmpty else {
            return nil
        }
        if let connections {
            for job in all {
                do { _ = try await jobs.connection(of: job.number, among: connections) } catch let error as ZoshError {
                    let remedy = error.remedy.map { "\($0), or cancel it: jobs cancel \(job.number)" }
                    return row("timed jobs", "warning", error.problem, remedy ?? "")
                } catch { continue }
            }
        }
        let due = all.filter { $0.state == .due }
        if let sentence = OverdueJobs(due, at: jobs.now()).sentence {
            return row("timed jobs", "warning", sentence, "jobs due; to automate it: jobs timer")
        }
        let next = all.first.map { "; next: job \($0.number) at \($0.timing?.text ?? "")" } ?? ""
        return row("timed jobs", "ok", "\(all.count) scheduled job\(all.count == 1 ? "" : "s")\(next)")
    }
}
