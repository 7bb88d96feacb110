internal import Synchronization
internal import ZoshKit

/// Whom the changes of one line have hit so far, whichever command, loop or connection they came from.
///
/// A line of a script has its own, and belongs to the line that runs the script.
final class LineTally: Sendable {
    struct Target: Hashable {
        let connection: String?
        let target: EffectTarget
    }

    /// That of the line typed; nil for that line itself.
    private let typed: LineTally?
    private let state = Mutex(State())

    private struct State {
        var hit: Set<Target> = []
        /// What the connections of a fan-out would change, all of them counted before the first one writes.
        var announced: Set<Target> = []
        /// The limit that stopped the line.
        var limit: Int?
    }

    init(within line: LineTally? = nil) { typed = line.map { $0.typed ?? $0 } }

    /// The line typed, with everything that scripts do in it.
    var whole: LineTally { typed ?? self }

    /// The limit that was exceeded on this line; nothing of it writes after that.
    var exceededLimit: Int? { state.withLock { $0.limit } }

    /// Whether this is a line of a script rather than the line typed.
    var isInScript: Bool { typed != nil }

    /// How many targets there would be with these and with the announced ones, and how many there are.
    func count(adding targets: Set<Target>) -> (all: Int, before: Int) {
        state.withLock { ($0.hit.union($0.announced).union(targets).count, $0.hit.count) }
    }

    func add(_ targets: Set<Target>) {
        state.withLock { $0.hit.formUnion(targets) }
        typed?.add(targets)
    }

    /// Counts targets ahead, so that the limit is decided for all connections of a fan-out before one of them writes.
    func announce(_ targets: Set<Target>) {
        state.withLock { $0.announced.formUnion(targets) }
        typed?.announce(targets)
    }

    /// Stops every later write of the line, also one that would fit.
    func stop(exceeding limit: Int) { state.withLock { $0.limit = $0.limit ?? limit } }
}
