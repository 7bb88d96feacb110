/// The `type` values of Get Users: ten in every version (Get Users documentation), and those that
/// the v8 description adds and that need no further parameters.
enum ListedUserType: String, Sendable, CaseIterable {
    case AllUsers, ActiveUsers, DeactiveUsers, ConfirmedUsers, NotConfirmedUsers, DeletedUsers
    case ActiveConfirmedUsers, AdminUsers, ActiveConfirmedAdmins, CurrentUser
    case DeveloperUsers, AllActiveUsers, ActiveLiteUser, ActiveAndDeactive
    case ChildRoleUsers, ParentRoleUsers, SubordinateRoleUsers

    /// Whether the type came with v8.
    var isNew: Bool {
        switch self {
        case .DeveloperUsers, .AllActiveUsers, .ActiveLiteUser, .ActiveAndDeactive, .ChildRoleUsers,
            .ParentRoleUsers, .SubordinateRoleUsers:
            true
        default: false
        }
    }

    /// Whether somebody with these traits is listed. `roles` holds the roles a role type selects.
    func includes(_ traits: Traits, isCaller: Bool, roles: Set<Int>) -> Bool {
        switch self {
        case .AllUsers: true
        case .ActiveUsers, .AllActiveUsers: traits.status == .active
        case .DeactiveUsers: traits.status == .disabled || traits.status == .dormant
        case .ConfirmedUsers: traits.confirmed
        case .NotConfirmedUsers: !traits.confirmed
        case .DeletedUsers: traits.status == .deleted
        case .ActiveConfirmedUsers: traits.status == .active && traits.confirmed
        case .AdminUsers: traits.administrator
        case .ActiveConfirmedAdmins: traits.status == .active && traits.confirmed && traits.administrator
        case .CurrentUser: isCaller
        case .DeveloperUsers: traits.kind == "Sandbox Developer User"
        case .ActiveLiteUser: false
        case .ActiveAndDeactive: traits.status == .active || traits.status == .disabled || traits.status == .dormant
        case .ChildRoleUsers, .ParentRoleUsers, .SubordinateRoleUsers: roles.contains(traits.role)
        }
    }
}
