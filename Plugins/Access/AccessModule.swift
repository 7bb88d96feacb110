public import ZoshKit

/// What people may do: roles and profiles, and raw reads of everything else.
public struct AccessModule: ShellModule {
    public let name = "access"
    public let summary = "Roles, profiles, and raw reads of the API"

    public init() {}

    public var commands: [any Command] {
        [
            ListOf(.roles), ShowOf(.roles, type: .role),
            ListOf(.profiles), ShowOf(.profiles, type: .profile),
            APIGet(),
        ]
    }
}
