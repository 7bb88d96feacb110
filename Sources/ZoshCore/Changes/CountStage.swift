internal import ZoshKit

/// Refuses, before the first call, when more distinct targets would change on this line than the person allowed.
enum CountStage {
    /// - Parameters:
    ///   - own: what the command allows; it is counted over the line the command stands in. Without one, the session's
    ///     ceiling is counted over the line typed, scripts included.
    ///   - tally: what the line has changed so far; a loop or a fan-out comes here many times.
    static func check(
        _ changes: [Change], atMost own: Int?, _ session: SessionSnapshot, _ tally: LineTally, at span: Span
    ) throws {
        let connection = session.connection?.name
        let targets = Set(
            changes.map { LineTally.Target(connection: $0.reachesZoho ? connection : nil, target: $0.target) })
        let (all, before) = (own == nil ? tally.whole : tally).count(adding: targets)
        guard let atMost = own ?? session.atMost, all > atMost else { return tally.add(targets) }
        let noun = changes.noun
        let place = before == 0 ? "" : own == nil && tally.isInScript ? " in this run" : " on this line"
        throw ZoshError(
            .refused, "\(all) \(noun)\(all == 1 ? "" : "s") would change\(place); --at-most allows \(atMost)", at: span,
            remedy: "narrow the selection, or allow more with --at-most \(all)")
    }
}

/// What a change hits, without what was seen of it.
enum ChangeTarget: Hashable {
    case user(String)
    case newUser(String)
    case connection(String)
    case client(String)
    case store
    case resource(String)
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

extension [Change] {
    /// What they change, for one of them: `user`.
    var noun: String {
        let nouns = Set(map(\.noun))
        return nouns.count == 1 ? self[0].noun : nouns == ["user", "new user"] ? "user" : "thing"
    }
}

extension Change {
    fileprivate var noun: String {
        switch subject {
        case .user: "user"
        case .newUser: "new user"
        case .connection: "connection"
        case .client: "client"
        case .store: "store"
        case .resource: "thing"
        }
    }
}
