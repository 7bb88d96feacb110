public import ZoshKit

/// Stored grants by name: list them, switch between them, label them, forget them.
public struct ConnectionsModule: ShellModule {
    public let name = "connections"
    public let summary = "Stored connections: one grant, one organisation each"
    public let trust: Set<Trust> = [.accounts]

    public init() {}

    public var commands: [any Command] {
        [
            ConnectionsList(), ConnectionsShow(), ConnectionsUse(), ConnectionsRename(), ConnectionsTag(),
            ConnectionsSet(),
            ConnectionsRemove(),
        ]
    }
}
