internal import ZoshKit

/// The connection in which a line will run, as far as that is known before the text begins.
struct PlaceAhead: Sendable {
    /// The world as the line will see it; without a connection where none is known.
    let shell: ShellContext
    let directory: any UserDirectory
    let asked = AskedLists()

    /// Whether it is known which connection that is, so that its names can be looked up.
    var isKnown: Bool { shell.session.connection != nil }

    init(_ shell: ShellContext) {
        self.shell = shell
        directory = shell.session.connection == nil ? UnknownDirectory() : OnceAsked(shell)
    }

    /// Some connection: only what is the same in all of them can be checked.
    var unknown: PlaceAhead {
        var session = shell.session
        session.connection = nil
        return PlaceAhead(
            ShellContext(
                session: session, zoho: shell.zoho, directory: UnknownDirectory(), connections: shell.connections,
                changes: shell.changes, console: shell.console, files: shell.files, progress: shell.progress))
    }
}

/// The directory of one check, which asks for the fields of a noun once.
actor OnceAsked: UserDirectory {
    private let shell: ShellContext
    private var known: [Resource: FieldSet] = [:]

    init(_ shell: ShellContext) { self.shell = shell }

    nonisolated var snapshot: DirectorySnapshot { shell.directory.snapshot }

    func fresh(within seconds: Int64) async throws -> DirectorySnapshot {
        try await shell.directory.fresh(within: seconds)
    }

    func fields(of resource: Resource) async throws -> FieldSet {
        if let set = known[resource] { return set }
        let set = try await shell.directory.fields(of: resource)
        known[resource] = set
        return set
    }
}

/// The directory of a connection that is not known yet: the documented fields and nothing else.
private struct UnknownDirectory: UserDirectory {
    var snapshot: DirectorySnapshot { .empty }

    func fresh(within seconds: Int64) async throws -> DirectorySnapshot { .empty }

    func fields(of resource: Resource) async throws -> FieldSet { FieldSet(resource, gap: nil) }
}

extension FieldNames {
    /// The field that a name is surely a slip of. `Phone2` may well be a field that an organisation made itself.
    func slip(of name: String) -> String? {
        let wanted = Self.folded(name)
        guard wanted.unicodeScalars.count <= Suggestion.longest else { return nil }
        func digits(_ text: String) -> [Character] { text.filter(\.isNumber) }
        let limit = wanted.count <= 5 ? 1 : 2
        var best: (name: String, distance: Int)?
        for field in fields {
            for known in ([field.name] + field.labels).map(Self.folded) where digits(known) == digits(wanted) {
                let distance = Suggestion.distance(Array(wanted.unicodeScalars), Array(known.unicodeScalars))
                guard distance <= limit, distance < (best?.distance ?? .max) else { continue }
                best = (field.name, distance)
            }
        }
        return best?.name
    }
}
