internal import Synchronization
public import ZoshKit

/// What the person is in the middle of: connection, flags, format, variables. Memory only, one per process.
///
/// It owns no token and no stored thing; a pipeline sees it through a `SessionSnapshot` taken when the pipeline begins,
/// so nothing changes under a running command.
public actor Session {
    /// What the command line and `set` decide.
    public struct Settings: Sendable, Hashable {
        /// Nil: a table on a terminal, tab-separated text in a pipe.
        public var format: OutputFormat?
        /// Empty: the stream's own columns.
        public var columns: [FieldPath] = []
        /// Whether CSV and TSV guard cells that a spreadsheet would run as formulas.
        public var guardsSpreadsheets = false
        /// What shows long results: nil is the machine's pager, `off` none, anything else a command.
        public var pager: String?
        public var apiVersion = APIVersion.standard
        public var readOnly = false
        public var dryRun = false
        /// `--plan`: the file that what the line would change is written to.
        public var plan: String?
        public var yes = false
        public var atMost: Int?
        public var administrators = false
        /// Whether a person can be asked.
        public var interactive = false
        /// `--connection`: nothing may choose another one.
        public var connectionIsFixed = false
        /// Whether every request is reported on standard error, without secrets.
        public var trace = false
        /// `--allow-external`: scripts may run other programs.
        public var allowsExternal = false
        /// What stands before the line; nil is the standard prompt.
        public var prompt: PromptTemplate?
        /// Nil leaves it to the user's `.editrc`, and emacs when that says nothing.
        public var editMode: EditMode?
        /// For screen readers: no hints, no menus, nothing redrawn.
        public var accessible = false
        /// Keys bound by `bind`, as libedit's words: `["bind", "^T", "zosh-up"]`.
        public var bindings: [[String]] = []

        public init() {}
    }

    public private(set) var settings: Settings
    /// The name of the current connection; nil before the first login.
    public private(set) var connectionName: String?
    /// How often another connection was chosen: who looks before and after a line sees that it went there and back.
    private(set) var choices = 0
    public private(set) var aliases: [String: String] = [:]
    /// Where typed lines go beside being run; nil when nothing is recorded.
    private(set) var recording: (any LineListener)?
    /// Whether it was said where what is set here is kept for the next session.
    private var saidHowToKeep = false
    /// Whether lines are being written down.
    public var isRecording: Bool { recording != nil }
    public nonisolated let variables: VariableScope
    /// Counts the changes of all lines that are not typed.
    nonisolated let untyped = LineTally()

    private let tracing: Mutex<Bool>

    public init(_ settings: Settings = Settings(), connection: String? = nil) {
        self.settings = settings
        tracing = Mutex(settings.trace)
        connectionName = connection
        variables = VariableScope()
        variables.set(status: .done)
    }

    public func use(connection: String?) {
        if connection != connectionName { choices += 1 }
        connectionName = connection
    }

    public func change(_ change: @Sendable (inout Settings) -> Void) {
        change(&settings)
        let trace = settings.trace
        tracing.withLock { $0 = trace }
    }

    /// Runs something under what it was begun with: its limit, unless there is one now, and the rights it may give.
    func allowing<Result: Sendable>(_ allowed: RunAllowance, _ body: @Sendable () async -> Result) async -> Result {
        let own = RunAllowance(settings)
        defer { (settings.atMost, settings.administrators) = (own.atMost, own.administrators) }
        settings.atMost = own.atMost ?? allowed.atMost
        settings.administrators = own.administrators || allowed.administrators
        return await body()
    }

    /// `settings.trace`, for code that cannot wait for an answer.
    public nonisolated var isTracing: Bool { tracing.withLock { $0 } }

    func set(recording: (any LineListener)?) { self.recording = recording }

    func set(alias name: String, to text: String?) { aliases[name] = text }

    /// True once: what this session sets ends with it, and that is said once.
    func isFirstToSet() -> Bool {
        defer { saidHowToKeep = true }
        return !saidHowToKeep
    }

    /// The session as one pipeline sees it.
    /// - Parameter connection: the current connection's summary, looked up by `connectionName` in the store.
    public func snapshot(connection: ConnectionSummary?) -> SessionSnapshot {
        var snapshot = SessionSnapshot(
            connection: connection, readOnly: settings.readOnly, dryRun: settings.dryRun,
            yes: settings.yes, atMost: settings.atMost, administrators: settings.administrators,
            apiVersion: settings.apiVersion, interactive: settings.interactive)
        snapshot.plan = settings.plan
        if settings.plan != nil { snapshot.dryRun = true }
        return snapshot
    }
}
