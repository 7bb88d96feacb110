public import ZoshKit

/// What people may do: roles and profiles, and raw reads of everything else.
public struct AccessModule: ShellModule {
    public let name = "access"
    public let summary = "Roles, profiles, and raw reads of the API"

    public init() {}

    public var commands: [any Command] {
        [
            ListOfNamed(
                "roles", "roles list", "List roles", rows: .roles, scope: "ZohoCRM.settings.roles.READ",
                columns: ["name", "reporting_to.name", "id"]
            ) { $0.roles() },
            ShowOfNamed(
                "role", "roles show", "Show one role", rows: .roles, scope: "ZohoCRM.settings.roles.READ", type: .role
            ) {
                $0.roles()
            },
            ListOfNamed(
                "profiles", "profiles list", "List profiles", rows: .profiles, scope: "ZohoCRM.settings.profiles.READ",
                columns: ["name", "type", "custom", "id"]
            ) { $0.profiles() },
            ShowOfNamed(
                "profile", "profiles show", "Show one profile", rows: .profiles,
                scope: "ZohoCRM.settings.profiles.READ", type: .profile
            ) { $0.profiles() },
            APIGet(),
        ]
    }
}
