import Glibc
import ZohoClient
import ZoshGate
import ZoshKit

/// Runs what is due, each job through the connection it was made on.
struct DueRunner: DueJobs {
    let contexts: LiveContexts
    let jobs: JobHistory
    let settings: Settings
    /// Whether unfinished jobs have been reported in this process.
    let areNamed: OnceFlag

    var now: Int64 { jobs.now() }

    func due() async throws -> [JobSummary] {
        // A timer must hear that the store could not be opened.
        _ = try await contexts.storeSession.existing()
        return try await jobs.due()
    }

    func due(_ number: Int) async throws -> JobSummary {
        _ = try await contexts.storeSession.existing()
        return try await jobs.due(number)
    }

    func runDue(_ number: Int?, isAttended: Bool, _ progress: ProgressMeter) async throws -> [DueJob] {
        // A timer reports only jobs that were tried, not every minute all that are left.
        if !isAttended { _ = areNamed.first() }
        var ran: [DueJob] = []
        /// Connections that cannot be reached: their other jobs would wait for the same.
        var unreachable: [String: ZoshError] = [:]
        let wanted = try await due().filter { number == nil || $0.number == number }
        for job in wanted where isAttended || job.timing?.rest?.contains(now) != true {
            try Task.checkCancellation()
            do {
                let all = try await contexts.registeredConnections.grants().map(\.summary)
                let name = try await jobs.connection(of: job.number, among: all).name
                if let error = unreachable[name] { throw error }
                do {
                    let gate = try await contexts.timedGate(of: name, progress)
                    if let now = try await gate.runDue(job.number) {
                        ran.append(DueJob(now, obstacle: try await obstacle(of: now)))
                    }
                } catch let error as ZoshError where [.network, .auth, .rateLimited].contains(error.kind) {
                    unreachable[name] = error
                    throw error
                }
            } catch let error as ZoshError where error.kind != .cancelled {
                ran.append(DueJob(try await jobs.job(job.number), obstacle: error))
            }
        }
        return ran
    }

    /// Why a job that ran is not finished, or not all of it was done: the reason of its first such change.
    private func obstacle(of job: JobSummary) async throws -> ZoshError? {
        guard job.state != .done else { return nil }
        let reason = try await jobs.failed(of: job.number).lazy.compactMap { $0.string("reason") }.first
        return reason.map { ZoshError(.refused, $0, remedy: "jobs failed \(job.number)") }
    }

    var program: TimedProgram {
        var environment: [(name: String, value: String)] = []
        if let home = settings.home { environment.append(("ZOSH_HOME", home)) }
        if let file = settings.keyFile { environment.append(("ZOSH_KEY_FILE", Self.whole(file))) }
        if settings.keyFile == nil, let command = settings.keyCommand {
            environment.append(("ZOSH_KEY_COMMAND", command))
        }
        return TimedProgram(
            path: Self.path ?? "zosh", environment: environment,
            opensStore: settings.keyFile != nil || settings.keyCommand != nil)
    }

    private static func whole(_ path: String) -> String {
        let path = FilePath.resolved(path)
        guard !path.hasPrefix("/"), let folder = getcwd(nil, 0) else { return path }
        defer { free(folder) }
        return "\(String(cString: folder))/\(path)"
    }

    /// The program that runs, however it was started.
    private static var path: String? {
        var target = [UInt8](repeating: 0, count: 4096)
        let length = target.withUnsafeMutableBytes { bytes in
            bytes.withMemoryRebound(to: CChar.self) { text in
                text.baseAddress.map { readlink("/proc/self/exe", $0, text.count) } ?? -1
            }
        }
        return length > 0 ? String(decoding: target[0..<length], as: UTF8.self) : nil
    }
}
