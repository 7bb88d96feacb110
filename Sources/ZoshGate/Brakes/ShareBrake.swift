internal import ZoshKit

/// Stops a change of more users than the connection allows within an hour: the loop that runs over every user, the file
/// of the wrong organisation, the script that is started again and again.
struct ShareBrake {
    /// Seconds over which changes are counted.
    static let window: Int64 = 3600

    let limits: BrakeLimits
    /// `--at-most`: as many may be changed even where the connection allows fewer.
    let atMost: Int?
    /// Whether that is what the process was started with, which no line lifts.
    let isOfProcess: Bool
    /// How many users `--at-most` counts on the line, those included that will be refused or need no change.
    let onLine: Int
    /// How many users are active; nil where that cannot be known, and then only the numbers of the limits hold.
    let active: @Sendable () async -> Int?

    /// - Parameters:
    ///   - now: what is about to be changed.
    ///   - hour: what was changed within the hour, and what other lines are changing.
    ///   - ahead: what the rest of the line will change, as far as it is known.
    /// - Returns: nil when it is not too much.
    func stop(_ now: ChangedUsers, after hour: ChangedUsers, ahead: ChangedUsers) async -> BrakeStop? {
        let all = now.union(hour).union(ahead)
        var problem: String?
        if !now.removed.isEmpty {
            problem = await self.problem(
                all.removed.count, before: hour.removed.count, limits.removed, "deactivated or deleted",
                removed: hour.removed.count)
        }
        if problem == nil, !now.changed.isEmpty {
            problem = await self.problem(
                all.changed.count, before: hour.changed.count, limits.changed, "changed", removed: hour.removed.count)
        }
        // Enough for both limits.
        return problem.map {
            BrakeStop(
                problem: $0, option: "--at-most \(max(all.changed.count, onLine))", isOfProcess: isOfProcess,
                isAboutMany: true)
        }
    }

    /// - Parameter removed: how many of those who were active an hour ago may not be counted as active any more.
    private func problem(
        _ count: Int, before: Int, _ share: BrakeLimits.Share, _ what: String, removed: Int
    ) async -> String? {
        guard count > max(share.users, atMost ?? 0) else { return nil }
        let active = await active()
        let most = share.most(of: active.map { $0 + removed })
        guard count > max(most, atMost ?? 0) else { return nil }
        let part = active.map { " (\(share.percent) % of \($0 + removed) active ones, at least \(share.users))" } ?? ""
        let earlier = before == 0 ? "" : ", \(before) of them before this line"
        return
            "\(count) user\(count == 1 ? "" : "s") would be \(what) within an hour\(earlier); this connection allows "
            + "\(most)\(part)"
    }
}
