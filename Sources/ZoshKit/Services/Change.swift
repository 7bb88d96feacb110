/// One change to the world, described before it happens: who, from what, to what, and how to take it back.
public struct Change: Sendable {
    /// What is changed.
    public enum Subject: Sendable, Hashable {
        /// An existing user. `seen` is the row the person saw when they chose them; the gate re-reads the user and
        /// refuses when e-mail or status differ. Nil when they named the user by id or e-mail only.
        case user(id: String, seen: Row?)
        case newUser(email: String)
        case connection(name: String)
        /// The sealed store itself.
        case store
        /// An OAuth client in the store.
        case client(name: String)
        /// Anything else of the API, by path.
        case resource(path: String)
    }

    /// How bad a mistake would be; brakes and confirmations scale with it.
    public enum BlastClass: Int, Sendable, Comparable {
        /// Undone without a trace: a label, a setting of zosh.
        case harmless
        /// Changes data that can be changed back.
        case ordinary
        /// Lets somebody in, locks somebody out, or costs a licence.
        case access
        /// Cannot be taken back.
        case irreversible

        public static func < (a: BlastClass, b: BlastClass) -> Bool { a.rawValue < b.rawValue }
    }

    public enum Undo: Sendable, Hashable {
        /// The same operation with the fields as they were.
        case restoreBefore
        /// By a command, shown to the person.
        case command(String)
        case impossible(reason: String)
    }

    public let subject: Subject
    /// What happens to the subject: "deactivate", "update role, city", "delete".
    public let action: String
    public let operation: ChangeOperation
    /// The fields that will be set, as the person gave them.
    public let after: Row
    public let undo: Undo
    public let blast: BlastClass

    public init(
        _ subject: Subject, action: String, operation: ChangeOperation, after: Row = Row(), undo: Undo,
        blast: BlastClass
    ) {
        self.subject = subject
        self.action = action
        self.operation = operation
        self.after = after
        self.undo = undo
        self.blast = blast
    }
}

/// What a writer can be told to do. A closed list: a module cannot invent a request.
public enum ChangeOperation: Sendable {
    case createUser(fields: Row)
    case updateUser(id: String, fields: Row)
    case deleteUser(id: String)
    /// Redeem a consent and store the connection.
    case signIn(SignInRequest)
    /// Forget a connection; `revoke` also ends its grant at Zoho.
    case signOut(connection: String, revoke: Bool)
    case renameConnection(from: String, to: String)
    case setConnection(name: String, key: String, value: String)
    case changeStore(StoreChange)
    /// Keep an OAuth client, replacing the one of that name.
    case keepClient(ClientDraft)
    case forgetClient(name: String)
}

/// The gate: the only way anything changes. It alone does dry run, read-only, re-reading of targets, confirmation,
/// retry with read-back, so that no command can forget one.
public protocol Changes: Sendable {
    /// Applies changes in order and gives one row per change:
    /// `subject, action, outcome, message, code, id`, where the outcome is done, planned, unchanged, refused, failed,
    /// unverified or not started.
    /// - Throws: `ZoshError` when nothing was changed at all: declined, read-only, too many targets.
    func apply(_ changes: [Change], for call: Call) async throws -> RowStream
}
