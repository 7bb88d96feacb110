internal import ZoshKit

/// Which people a command can do something about: `users activate` nothing about the active ones, who come last.
struct Fitness {
    private enum Wanted { case active, inactive, present }

    private let wanted: Wanted

    /// Nil for commands that suit any user.
    init?(_ signature: Signature) {
        if signature.states(.suitsInactive) {
            wanted = .inactive
        } else if signature.states(.suitsActive) {
            wanted = .active
        } else if signature.states(.suitsPresent) {
            wanted = .present
        } else {
            return nil
        }
    }

    /// Whether few people come first, who may be anywhere in the directory.
    var isRare: Bool { wanted == .inactive }

    /// The same people, those the command fits first, otherwise in their order.
    func sorted(_ positions: [Int], _ people: [Person]) -> [Int] {
        let ranked = positions.map { (rank: rank(people[$0]), position: $0) }
        return (0...2).flatMap { rank in ranked.lazy.filter { $0.rank == rank }.map(\.position) }
    }

    private func rank(_ person: Person) -> Int {
        let isGone = ["deleted", "closed"].contains(person.status)
        switch wanted {
        case .inactive: return person.isActive ? 2 : isGone ? 1 : 0
        case .active: return person.isActive ? 0 : 1
        case .present: return isGone ? 1 : 0
        }
    }
}
