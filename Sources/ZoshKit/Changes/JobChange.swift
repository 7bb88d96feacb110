/// Cancels or removes jobs of this machine; nothing changes at Zoho.
///
/// For example `jobs cancel 7`.
public struct JobChange: Effect, Hashable {
    public enum Operation: Sendable, Hashable {
        /// Cancel what is left to do of a job.
        case cancel(number: Int)
        /// Remove finished jobs.
        /// - Parameter olderThan: seconds since they ended.
        case prune(olderThan: Int64)
    }

    public let operation: Operation
    public let shown: Row

    public let blast: BlastClass

    /// - Parameter blast: what giving up a job leaves as it is at Zoho.
    public init(_ operation: Operation, shown: Row = Row(), blast: BlastClass = .harmless) {
        self.operation = operation
        self.shown = shown
        self.blast = blast
    }

    public var target: EffectTarget {
        switch operation {
        case .cancel(let number): EffectTarget(noun: "job", name: String(number))
        case .prune: EffectTarget(noun: "job", name: "finished")
        }
    }

    public var action: String {
        switch operation {
        case .cancel: "cancel"
        case .prune: "prune"
        }
    }

    public var label: String {
        switch operation {
        case .cancel(let number): "job \(number)"
        case .prune: "finished jobs"
        }
    }
}
