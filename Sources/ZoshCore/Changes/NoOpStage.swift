internal import ZoshKit

/// Settles what is so already, without a call: an update whose fields have these values, a deletion of the deleted.
enum NoOpStage {
    static func settle(_ planned: inout [PlannedChange]) {
        for index in planned.indices where planned[index].settled == nil {
            guard let current = planned[index].current else { continue }
            switch planned[index].change.operation {
            case .updateUser(_, let fields) where FieldComparison.open(fields, in: current).isEmpty:
                planned[index].settled = ChangeReport(.unchanged, message: "already set, nothing to do")
            case .deleteUser where current.string("status") == "deleted":
                planned[index].settled = ChangeReport(.unchanged, message: "already deleted")
            default: break
            }
        }
    }
}
