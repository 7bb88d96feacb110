internal import ZoshKit

/// Puts any number of records in the order of their keys, in a bounded piece of memory.
///
/// A record is a key and a payload, both bytes. What exceeds the budget is sorted and spilled as a run; at the end the
/// runs are merged. Records with the same key keep the order they came in. Without a `SpillStore` everything stays in
/// memory.
struct ExternalSorter {
    private let holding: Holding
    private var spill: (any Spill)?
    private var runs: [RunReader] = []
    private var run = SortRun()
    private var merge: RunMerge?

    init(_ holding: Holding) { self.holding = holding }

    /// - Parameters:
    ///   - key: appends the key's bytes.
    ///   - payload: appends the payload's.
    mutating func add(key: (inout [UInt8]) -> Void, payload: (inout [UInt8]) -> Void) throws {
        run.add(key: key, payload: payload)
        if run.size > holding.budget, let spills = holding.spills { try spillRun(to: spills) }
    }

    /// The next record in order, nil after the last. No record can be added after the first call.
    mutating func next<R>(_ body: (_ key: UnsafeRawBufferPointer, _ payload: UnsafeRawBufferPointer) throws -> R) throws
        -> R?
    {
        if merge == nil {
            run.sort()
            merge = RunMerge(runs + [RunReader(held: run)])
            run = SortRun()
        }
        return try merge?.next(body)
    }

    private mutating func spillRun(to spills: any SpillStore) throws {
        let spill = try self.spill ?? spills.make()
        self.spill = spill
        run.sort()
        runs.append(RunReader(spilled: try run.chunks { try spill.append($0) }, in: spill))
        run.removeAll()
    }
}
