/// What goes wrong, read from a specification and decided by seed and count alone.
struct FaultPlan: Sendable {
    init(_ specification: String, seed: UInt64) throws {
        guard specification.isEmpty else { throw EmulatorError("faults: \(specification)") }
    }

    func next(_ route: Route) -> Disturbance { Disturbance() }
}
