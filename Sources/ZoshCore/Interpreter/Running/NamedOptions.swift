internal import ZoshKit

/// Checks that the roles and profiles options name exist: `users list role=Salesrep` must not be an empty list.
///
/// What is kept of the directory answers first; what it does not know, Zoho is asked for, in one call for all roles. A
/// login that may not read them is not refused: then the rows alone can tell.
struct NamedOptions {
    let shell: ShellContext

    /// - Throws: `ZoshError.usage` at the first value that names nothing.
    func check(_ bound: [String: [BoundValue]], of signature: Signature?) async throws {
        var asked: [Kind: [NamedID]] = [:]
        try await check(bound, of: signature, &asked)
    }

    private func check(
        _ bound: [String: [BoundValue]], of signature: Signature?, _ asked: inout [Kind: [NamedID]]
    ) async throws {
        guard let signature, shell.session.connection != nil else { return }
        for parameter in signature.allParameters where parameter.kind == .option {
            guard let kind = Kind(parameter.type.element) else { continue }
            for value in bound[parameter.name] ?? [] { try await check(value, kind, &asked) }
        }
    }

    /// The same for what stands written in a whole script, told before its first line runs.
    func errors(in stages: [PlannedStage]) async throws -> [ZoshError] {
        var errors: [ZoshError] = []
        var asked: [Kind: [NamedID]] = [:]
        for stage in stages {
            do {
                var bound: [String: [BoundValue]] = [:]
                for given in stage.given {
                    if case .value(let value) = given.source { bound[given.parameter.name, default: []].append(value) }
                }
                try await check(bound, of: stage.signature, &asked)
            } catch let error as ZoshError where error.kind == .usage {
                errors.append(error)
            }
        }
        return errors
    }

    private enum Kind: String {
        case role, profile

        init?(_ type: ValueType) {
            switch type {
            case .role: self = .role
            case .profile: self = .profile
            default: return nil
            }
        }
    }

    private func check(_ value: BoundValue, _ kind: Kind, _ asked: inout [Kind: [NamedID]]) async throws {
        let kept = kind == .role ? shell.directory.snapshot.roles : shell.directory.snapshot.profiles
        guard kept.named(value.text) == nil else { return }
        var known = asked[kind] ?? []
        if asked[kind] == nil {
            let resource = kind == .role ? Resource.roles.name : Resource.profiles.name
            known = try await DirectoryValues(shell: shell).current(resource) ?? []
            asked[kind] = known
        }
        guard !known.isEmpty, known.named(value.text) == nil else { return }
        let names = known.map(\.name).sorted()
        throw ZoshError(
            .usage, "there is no \(kind.rawValue) '\(value.text.neutralised)'", at: value.span,
            remedy: Suggestion.nameRemedy(for: value.text, among: names)
                ?? Suggestion.thereAre(names, "\(kind.rawValue)s list"))
    }
}
