/// The `type` filter of Get Users: the ten values documented for every version of the API.
///
/// For example `shell.zoho.count(.users, .users(.admins))`.
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

    /// Whether a user is one of these, as far as their row shows it; nil where it does not: an organisation
    /// may rename its administrators' profile.
    func includes(_ user: Row) -> Bool? {
        let status = user.string("status") ?? ""
        let isConfirmed = user["confirm"]?.bool
        return switch self {
        case .all: true
        case .active: status == "active"
        case .deactivated: status.hasPrefix("disabled")
        case .deleted: status == "deleted"
        case .confirmed: isConfirmed
        case .notConfirmed: isConfirmed.map { !$0 }
        case .activeConfirmed: isConfirmed.map { $0 && status == "active" }
        case .admins, .activeConfirmedAdmins, .current: nil
        }
    }
}
