public import ZoshKit
public import ZoshTrust

/// Stored grants by name: list them, switch between them, label them, forget them.
public struct ConnectionsModule: ShellModule {
    public let name = "connections"
    public let summary = "Stored connections: one grant, one organisation each"

    private let accounts: any AccountService

    public init(accounts: any AccountService) { self.accounts = accounts }

    public var commands: [any Command] {
        [
            ConnectionsList(), ConnectionsShow(accounts: accounts), ConnectionsUse(), ConnectionsRename(),
            ConnectionsTag(), ConnectionsSet(), ConnectionsRemove(accounts: accounts),
        ]
    }
}
