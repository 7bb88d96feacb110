public import ZoshKit
internal import Synchronization

/// What a name stands for.
public enum Variable: Sendable, Hashable {
    case value(Value)
    /// - Parameter isWhole: false when more rows came than were kept.
    case rows([Row], Columns, isWhole: Bool)
}

/// The variables one piece of text can see: the session's own, or a replayed script's fresh ones.
///
/// A class so that a line and the lines it sources share it; every access is one short lock.
public final class VariableScope: Sendable {
    /// Rows `$last` keeps. Enough to look at what was just shown, too few to hurt.
    public static let lastLimit = 10_000
    /// Rows `let` keeps; more is a job for `save`.
    public static let letLimit = 1_000_000

    private let state: Mutex<[String: Variable]>

    public init(_ variables: [String: Variable] = [:]) { state = Mutex(variables) }

    public subscript(name: String) -> Variable? {
        get { state.withLock { $0[name] } }
        set { state.withLock { $0[name] = newValue } }
    }

    public var names: Set<String> { state.withLock { Set($0.keys) } }

    public func set(status: ExitStatus) { self["status"] = .value(.integer(Int64(status.rawValue))) }
}

extension VariableScope {
    /// Every variable, and the fields its rows have: what completion offers behind `$`.
    public var fields: [String: [String]] {
        state.withLock { variables in
            variables.mapValues { variable in
                switch variable {
                case .rows(let rows, _, _): rows.first?.names ?? []
                case .value(let value): value.row?.names ?? []
                }
            }
        }
    }
}
