internal import ZoshKit

/// Refuses, before the first call, when more distinct targets would change than the person allowed.
enum CountStage {
    static func check(_ changes: [Change], atMost: Int?, at span: Span) throws {
        guard let atMost else { return }
        let targets = Set(changes.map(\.target)).count
        guard targets > atMost else { return }
        throw ZoshError(
            .refused, "\(targets) would change, more than the \(atMost) allowed", at: span,
            remedy: "narrow the selection, or allow more with --at-most \(targets)")
    }
}

/// What a change hits, without what was seen of it.
enum ChangeTarget: Hashable {
    case user(String), newUser(String), connection(String), client(String), store, resource(String)
}

extension Change {
    var target: ChangeTarget {
        switch subject {
        case .user(let id, _): .user(id)
        case .newUser(let email): .newUser(email.lowercased())
        case .connection(let name): .connection(name)
        case .store: .store
        case .client(let name): .client(name)
        case .resource(let path): .resource(path)
        }
    }
}
