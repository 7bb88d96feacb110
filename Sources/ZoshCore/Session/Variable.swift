internal import Synchronization
public import ZoshKit

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
    /// Texts derived from variables, by name and purpose.
    private let derivedTexts = Mutex<[String: [String: String]]>([:])
    /// What is doubtful about the rows of variables.
    private let doubtful = Mutex<[String: [Doubt]]>([:])
    /// Where the rows were read that a variable's values were taken from.
    private let origins = Mutex<[String: [ConnectionPlace]]>([:])

    public init(_ variables: [String: Variable] = [:]) { state = Mutex(variables) }

    public subscript(name: String) -> Variable? {
        get { state.withLock { $0[name] } }
        set {
            state.withLock { $0[name] = newValue }
            derivedTexts.withLock { $0[name] = nil }
            doubtful.withLock { $0[name] = nil }
            origins.withLock { $0[name] = nil }
        }
    }

    func set(_ name: String, to variable: Variable, doubts: [Doubt], places: [ConnectionPlace]? = nil) {
        self[name] = variable
        if !doubts.isEmpty { doubtful.withLock { $0[name] = doubts } }
        if let places { origins.withLock { $0[name] = places } }
    }

    /// Where the values of variables were read; nil where that is not known.
    func places(of names: some Sequence<String>) -> [ConnectionPlace]? {
        var found: [ConnectionPlace]?
        for name in names {
            let places: [ConnectionPlace]? =
                if case .rows(_, let columns, _)? = self[name] {
                    columns.connections
                } else {
                    origins.withLock { $0[name] }
                }
            if let places { found = (found ?? []) + places.filter { found?.contains($0) != true } }
        }
        return found
    }

    /// How many values a variable holds.
    func count(of name: String) -> Int {
        switch self[name] {
        case .rows(let rows, _, _): rows.count
        case .value(.list(let values)): values.count
        case .value, nil: 1
        }
    }

    func doubts(about name: String) -> [Doubt] { doubtful.withLock { $0[name] ?? [] } }

    /// The text that `make` derives from a variable, cached until the variable is set again.
    func cachedText(_ purpose: String, of name: String, _ make: () -> String) -> String {
        if let text = derivedTexts.withLock({ $0[name]?[purpose] }) { return text }
        let text = make()
        derivedTexts.withLock { $0[name, default: [:]][purpose] = text }
        return text
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
