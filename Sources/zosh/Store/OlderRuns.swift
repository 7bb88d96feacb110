import ZoshCore
import ZoshKit

/// Runs that an older zosh has left, in words.
struct OlderRuns {
    let runs: [OlderRun]

    /// `an older zosh did not finish a script that this one cannot continue: …`; nil where there are none.
    var sentence: String? {
        guard !runs.isEmpty else { return nil }
        let isOne = runs.count == 1
        let names = runs.map { run in
            let place = run.connection.map { " on \($0)" } ?? ""
            return "\(run.script) (begun \(Timestamp.rfc3339(run.started).prefix(10))\(place))"
        }
        let rest =
            isOne
            ? "check what it has changed, then run it again, or forget it with: jobs prune"
            : "check what they have changed, then run each again, or forget them with: jobs prune"
        let scripts = isOne ? "a script" : "\(runs.count) scripts"
        return "an older zosh did not finish \(scripts) that this one cannot continue: "
            + "\(names.joined(separator: ", ").neutralised); \(rest)"
    }
}
