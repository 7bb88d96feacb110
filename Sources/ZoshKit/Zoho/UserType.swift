/// The `type` filter of Get Users: the ten values documented for every version of the API.
public enum UserType: String, Sendable, CaseIterable, CallConvertible {
    case all = "AllUsers"
    case active = "ActiveUsers"
    case deactivated = "DeactiveUsers"
    case confirmed = "ConfirmedUsers"
    case notConfirmed = "NotConfirmedUsers"
    case deleted = "DeletedUsers"
    case activeConfirmed = "ActiveConfirmedUsers"
    case admins = "AdminUsers"
    case activeConfirmedAdmins = "ActiveConfirmedAdmins"
    case current = "CurrentUser"
}
