internal import ZoshKit

/// Checks that roles and profiles named in options exist: `users list role=Salesrep` must not be an empty list.
///
/// What is kept of the directory answers first; what it does not know, Zoho is asked for, in one call for all roles. A
/// login that may not read them is not refused: then the rows alone can tell.
struct NamedOptions {
    let shell: ShellContext
    /// What Zoho was asked for already.
    var asked = AskedLists()
    /// Whether the line is only checked and does not run yet: then arguments are checked too, which the command itself
    /// checks when it runs.
    var isAhead = false

    /// - Throws: `ZoshError.usage` at the first value that names nothing.
    func check(_ bound: [String: [BoundValue]], of signature: Signature?) async throws {
        guard let signature, shell.session.connection != nil else { return }
        for parameter in signature.allParameters where Self.isChecked(parameter, isAhead: isAhead) {
            guard let noun = parameter.type.element.namedNoun else { continue }
            for value in bound[parameter.name] ?? [] { try await check(value, noun) }
        }
    }

    /// Whether a parameter is checked here: it names a role or a profile.
    static func isChecked(_ parameter: Parameter, isAhead: Bool) -> Bool {
        (parameter.kind == .option || isAhead && parameter.kind != .flag) && parameter.type.element.namedNoun != nil
    }

    private func check(_ value: BoundValue, _ noun: Resource) async throws {
        guard shell.directory.snapshot.named(noun.name).named(value.text) == nil else { return }
        let known = try await DirectoryValues(shell: shell, asked: asked).current(noun.name) ?? []
        guard !known.isEmpty, known.named(value.text) == nil else { return }
        let names = known.map(\.name).sorted()
        throw ZoshError(
            .usage, "there is no \(noun.noun) '\(value.text.neutralised)'", at: value.span,
            remedy: Suggestion.nameRemedy(for: value.text, among: names)
                ?? Suggestion.thereAre(names, "\(noun.name) list"))
    }
}

extension ValueType {
    /// The noun whose records a value of this type names, for nouns that are listed whole.
    fileprivate var namedNoun: Resource? {
        switch self {
        case .role: .roles
        case .profile: .profiles
        default: nil
        }
    }
}
