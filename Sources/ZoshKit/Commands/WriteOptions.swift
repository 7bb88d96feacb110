/// What a person may say about a write before it happens; the same on every command that changes something.
public struct WriteOptions: Sendable, Hashable {
    /// Read, describe, change nothing.
    public var dryRun = false
    /// Do not ask.
    public var yes = false
    /// Refuse, before the first change, when there are more targets than this.
    public var atMost: Int?

    public init(dryRun: Bool = false, yes: Bool = false, atMost: Int? = nil) {
        self.dryRun = dryRun
        self.yes = yes
        self.atMost = atMost
    }

    static let parameters: [Parameter] = [
        Flag("dry-run", "Show what would change; change nothing").parameter,
        Flag("yes", "Do not ask for confirmation").parameter,
        Option("at-most", .integer(0...), "Refuse when more than this many would change").parameter,
    ]
}
