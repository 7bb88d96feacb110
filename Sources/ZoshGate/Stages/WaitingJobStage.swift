internal import ZoshKit

/// Refuses to change a field that a timed job will change: either the value before a temporary one would be lost, or
/// the timed job would overwrite what was just set.
struct WaitingJobStage {
    private let fields: [EffectTarget: [String: WaitingField]]
    /// Whether the changes wait for a time, or are put back.
    private let isTimed: Bool

    /// - Parameter job: what the line has written down so far.
    init(
        _ history: JobHistory?, _ connection: ConnectionSummary?, _ call: Call, _ timing: Timing?, within job: Job?
    ) async throws {
        isTimed = call.write.at != nil || call.write.lasting != nil
        guard let history, let connection, call.origin.due == nil else {
            fields = [:]
            return
        }
        // An undo of a job ends its scheduled undo, unless it comes later or for some time itself.
        var own = Set([await job?.number, isTimed ? nil : call.origin.undoes].compactMap(\.self))
        if let former = try await history.unfinished(of: call.origin, on: connection, for: timing)?.0.number {
            own.insert(former)
        }
        fields = try await history.waitingFields(on: connection, besides: own)
    }

    func settle(_ planned: inout [PlannedChange]) {
        guard !fields.isEmpty else { return }
        for index in planned.indices where planned[index].settled == nil {
            guard let change = planned[index].change, let waiting = fields[change.target],
                let (name, field) = change.fields.fields.lazy.compactMap({ name, value in
                    waiting[name].flatMap { isInTheWay($0, value, of: change, name) ? (name, $0) : nil }
                }).first
            else { continue }
            planned[index].settled = ChangeReport(.refused, message: Self.sentence(name, field))
        }
    }

    /// A scheduled change depends on values that the other job will change; an immediate one would be overwritten by
    /// its undo.
    private func isInTheWay(_ field: WaitingField, _ value: Value, of change: Change, _ name: String) -> Bool {
        isTimed || field.undoes != nil && !change.resource.isSame(value, field.value, field: name)
    }

    private static func sentence(_ name: String, _ field: WaitingField) -> String {
        let (job, time) = (field.job, field.timing.summary.text)
        if field.isDue {
            return "job \(job) \(field.undoes == nil ? "changes \(name)" : "puts \(name) back") and has been due "
                + "since \(time); run it first: jobs due"
        }
        guard let undone = field.undoes else {
            return "job \(job) changes \(name) at \(time); cancel that first: jobs cancel \(job)"
        }
        return "job \(job) puts \(name) back at \(time); cancel that first: jobs cancel \(job), or put it back now: "
            + "undo \(undone)"
    }
}
