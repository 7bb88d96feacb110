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
    private let hit = Mutex<Set<Target>>([])

    init(within line: LineTally? = nil) { typed = line.map { $0.typed ?? $0 } }

    /// The line typed, with everything that scripts do in it.
    var whole: LineTally { typed ?? self }

    /// Whether this is a line of a script rather than the line typed.
    var isInScript: Bool { typed != nil }

    /// How many targets there would be with these, and how many there are.
    func count(adding targets: Set<Target>) -> (all: Int, before: Int) {
        hit.withLock { ($0.union(targets).count, $0.count) }
    }

    func add(_ targets: Set<Target>) {
        hit.withLock { $0.formUnion(targets) }
        typed?.add(targets)
    }
}
