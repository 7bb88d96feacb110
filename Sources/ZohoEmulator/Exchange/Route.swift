/// The calls the emulator knows, as names for counting, holding and scripting.
///
/// A route is a path and a method together, whatever API version the path names.
public enum Route: String, Sendable, CaseIterable, Hashable {
    // Accounts servers
    case authorize, consent, token, revoke, userInfo, serverInfo, deviceCode, devicePage, deviceToken
    // CRM API
    case listUsers, getUser, countUsers, createUser, updateUsers, updateUser, deleteUsers, deleteUser
    case organisation, listRoles, getRole, listProfiles, getProfile, listFields, countLicences
    case startAuditExport, listAuditExports, getAuditExport, downloadAuditLog
    /// Anything else: an unknown path, method or version.
    case unknown
}
