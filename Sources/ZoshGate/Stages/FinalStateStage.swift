internal import ZoshKit

/// Settles as refused what Zoho is known to refuse in the state a record was just read in: nothing is sent, and a dry
/// run says the same as the run.
enum FinalStateStage {
    static func settle(_ planned: inout [PlannedChange]) {
        for index in planned.indices where planned[index].settled == nil {
            guard let change = planned[index].change, let current = planned[index].current,
                [.values, .absence].contains(planned[index].result),
                let state = change.resource.final.first(where: { $0.holds(for: current) })
            else { continue }
            planned[index].settled = ChangeReport(
                .refused, message: "the \(change.resource.noun) is \(state.value)")
        }
    }
}
