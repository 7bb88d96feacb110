internal import Synchronization

/// What goes wrong over a run, decided by the seed and the number of the request alone.
///
/// Each fault counts the requests of its own routes, so that two runs which send the same requests
/// in the same order are disturbed alike. Invariant: a fault's count grows by one per request.
final class FaultPlan: Sendable {
    private let faults: [Fault]
    private let seed: UInt64
    private let counts: Mutex<[Int]>

    init(_ faults: [Fault], seed: UInt64) {
        self.faults = faults
        self.seed = seed
        counts = Mutex(Array(repeating: 0, count: faults.count))
    }

    /// What happens to the next request on a route. Waits add up; of faults that decide about the
    /// reply the first one wins.
    /// - Parameter isPage: Whether a page of a listing is asked for: odd replies of the users' list are
    ///   about its pages, not about the caller whom a login asks for at the same address.
    func next(_ route: Route, isPage: Bool = true) -> Disturbance {
        var disturbance = Disturbance()
        for (place, fault) in faults.enumerated() where fault.routes.contains(route) {
            if route == .listUsers, !isPage, case .oddity = fault.kind { continue }
            let number = counts.withLock { counts in
                counts[place] += 1
                return counts[place]
            }
            var dice = Dice(seed: seed ^ UInt64(place + 1) << 32, place: UInt64(number))
            guard fault.hits(number, dice: &dice) else { continue }
            disturbance.add(fault.kind, dice: &dice)
        }
        return disturbance
    }
}
