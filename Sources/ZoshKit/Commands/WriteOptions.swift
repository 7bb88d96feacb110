/// What a person may say about a write before it happens; the same on every command that changes something.
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

    public init(dryRun: Bool = false, yes: Bool = false, atMost: Int? = nil, administrators: Bool = false) {
        self.dryRun = dryRun
        self.yes = yes
        self.atMost = atMost
        self.administrators = administrators
    }

    /// What can be said with a command of this effect.
    static func parameters(of effect: Signature.Effect) -> [Parameter] {
        switch effect {
        case .local, .reads: []
        case .writesLocally: common
        case .writes: common + atZoho
        }
    }

    /// Whether every write has this option.
    package static func isOption(_ name: String) -> Bool { (common + atZoho).contains { $0.name == name } }

    private static let common: [Parameter] = [
        Flag("dry-run", "Show what would change; change nothing").parameter,
        Flag("yes", "Do not ask for confirmation").parameter,
        Option("at-most", .integer(0...), "Refuse when more than this many would change").parameter,
    ]

    private static let atZoho: [Parameter] = [
        Flag("administrators", "Allow giving or taking administrator rights").parameter
    ]
}
