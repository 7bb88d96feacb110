public import ZoshKit

/// Organisations: those of the stored connections, and the current one in detail.
public struct OrgsModule: ShellModule {
    public let name = "orgs"
    public let summary = "Organisations of the stored connections"

    public init() {}

    public var commands: [any Command] { [OrgsList(), OrgsShow(), OrgsUse()] }
}
