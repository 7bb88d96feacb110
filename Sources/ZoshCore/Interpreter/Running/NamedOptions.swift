internal import ZoshKit

/// Checks that the roles and profiles options name exist: `users list role=Salesrep` must not be an empty list.
///
/// What is kept of the directory answers first; what it does not know, Zoho is asked for, in one call for all roles. A
/// login that may not read them is not refused: then the rows alone can tell.
struct NamedOptions {
    let shell: ShellContext
    /// What Zoho was asked for already.
    var asked = AskedLists()
    /// Whether the line does not run yet: then arguments are looked at as well, of which the command itself will know
    /// whether they exist.
    var isAhead = false

    /// - Throws: `ZoshError.usage` at the first value that names nothing.
    func check(_ bound: [String: [BoundValue]], of signature: Signature?) async throws {
        guard let signature, shell.session.connection != nil else { return }
        for parameter in signature.allParameters where Self.isNeeded(parameter, isAhead: isAhead) {
            guard let kind = Kind(parameter.type.element) else { continue }
            for value in bound[parameter.name] ?? [] { try await check(value, kind) }
        }
    }

    /// Whether an option names a role or a profile.
    static func isNeeded(_ parameter: Parameter, isAhead: Bool) -> Bool {
        (parameter.kind == .option || isAhead && parameter.kind != .flag) && Kind(parameter.type.element) != nil
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

    private func check(_ value: BoundValue, _ kind: Kind) async throws {
        let kept = kind == .role ? shell.directory.snapshot.roles : shell.directory.snapshot.profiles
        guard kept.named(value.text) == nil else { return }
        let resource = kind == .role ? Resource.roles.name : Resource.profiles.name
        let known = try await DirectoryValues(shell: shell, asked: asked).current(resource) ?? []
        guard !known.isEmpty, known.named(value.text) == nil else { return }
        let names = known.map(\.name).sorted()
        throw ZoshError(
            .usage, "there is no \(kind.rawValue) '\(value.text.neutralised)'", at: value.span,
            remedy: Suggestion.nameRemedy(for: value.text, among: names)
                ?? Suggestion.thereAre(names, "\(kind.rawValue)s list"))
    }
}
