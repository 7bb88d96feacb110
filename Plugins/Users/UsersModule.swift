public import ZoshKit

/// People: list, look up, add, change, remove.
public struct UsersModule: ShellModule {
    public let name = "users"
    public let summary = "The people of the current organisation"

    public init() {}

    public var commands: [any Command] {
        [
            UsersList(), UsersLookup(), UsersFind(), UsersIDs(), UsersMe(), UsersCount(), UsersStats(), UsersTree(),
            UsersFields(), UsersAdd(), UsersUpdate(), UsersActivate(), UsersDeactivate(), UsersDelete(),
            UsersReinvite(),
        ]
    }
}

extension Scope {
    static let readUsers: Scope = "ZohoCRM.users.READ"
    static let createUsers: Scope = "ZohoCRM.users.CREATE"
    static let updateUsers: Scope = "ZohoCRM.users.UPDATE"
    static let deleteUsers: Scope = "ZohoCRM.users.DELETE"
}
