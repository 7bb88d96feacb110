/// What a person may say about a write before it happens; the same on every command that changes something.
///
/// For example `call.write.dryRun` after `users update ada@example.com city=Bern --dry-run`.
public struct WriteOptions: Sendable, Hashable {
    /// Read, describe, change nothing.
    public var dryRun = false
    /// Do not ask.
    public var yes = false
    /// Refuse, before the first change, when there are more targets than this; as many may be changed within the hour
    /// even where the connection allows fewer.
    public var atMost: Int?
    /// Allow what gives or takes administrator rights.
    public var administrators = false
    /// The new file that what would change is written to, for review and `apply`; nothing changes then.
    public var plan: String?
    /// When it is to be done; nil for at once.
    public var at: ChosenTime?
    /// After how many seconds it is to be put back; nil for never.
    public var lasting: Int64?

    public init(
        dryRun: Bool = false, yes: Bool = false, atMost: Int? = nil, administrators: Bool = false, plan: String? = nil,
        at: ChosenTime? = nil, lasting: Int64? = nil
    ) {
        self.dryRun = dryRun
        self.yes = yes
        self.atMost = atMost
        self.administrators = administrators
        self.plan = plan
        self.at = at
        self.lasting = lasting
    }

    /// What can be said with a command of this effect.
    /// - Parameter isPlanned: whether the command does what a plan says: there is no plan of a plan, and it is over
    ///   before most of the times that one could name.
    static func parameters(of effect: Signature.Effect, isPlanned: Bool) -> [Parameter] {
        switch effect {
        case .local, .reads: []
        case .writesLocally: common
        case .writes: common + [administrators] + (isPlanned ? [] : [plan, at]) + [lasting]
        }
    }

    /// Whether every write has this option.
    package static func isOption(_ name: String) -> Bool {
        (common + [administrators, plan, at, lasting]).contains { $0.name == name }
    }

    private static let common: [Parameter] = [
        Flag("dry-run", "Show what would change; change nothing").parameter,
        Flag("yes", "Do not ask for confirmation").parameter,
        Option("at-most", .integer(0...), "Refuse when more than this many would change").parameter,
    ]

    private static let administrators = Flag("administrators", "Allow giving or taking administrator rights").parameter

    /// Of what changes Zoho; what zosh itself keeps is never planned.
    package static let plan = Option("plan", .string, "Write what would change to a new file, to review and apply")
        .parameter

    package static let at = Option("at", .time, "Do it at this time, with 'jobs due'").parameter
    package static let lasting = Option("for", .duration, "Put it back after this time: 2h, 30min, 7d").parameter
}
