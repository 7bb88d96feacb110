internal import ZoshKit

/// Settles what is so already, without a call: an update whose fields have these values, a deletion of the deleted.
enum NoOpStage {
    static func settle(_ planned: inout [PlannedChange]) {
        for index in planned.indices where planned[index].settled == nil {
            guard let current = planned[index].current else { continue }
            guard let change = planned[index].change else { continue }
            switch planned[index].result {
            case .values where change.resource.open(change.fields, in: current).isEmpty:
                planned[index].settled = ChangeReport(.unchanged, message: "already set, nothing to do")
            case .absence where change.resource.isGone(current):
                planned[index].settled = ChangeReport(.unchanged, message: "already deleted")
            default: break
            }
        }
    }
}
