/// A CRM API request that has been matched to a route, with the parts of its path taken apart.
struct APICall: Sendable {
    let route: Route
    let version: CRMVersion
    /// The identifier in the path, as it was written.
    let id: String?

    /// The scope a caller needs.
    var scope: String {
        switch route {
        case .listUsers, .getUser, .countUsers: "ZohoCRM.users.READ"
        case .createUser: "ZohoCRM.users.CREATE"
        case .updateUsers, .updateUser: "ZohoCRM.users.UPDATE"
        case .deleteUsers, .deleteUser: "ZohoCRM.users.DELETE"
        case .organisation: "ZohoCRM.org.READ"
        case .listRoles, .getRole: "ZohoCRM.settings.roles.READ"
        case .listProfiles, .getProfile: "ZohoCRM.settings.profiles.READ"
        case .startAuditExport: "ZohoCRM.settings.audit_logs.CREATE"
        case .listAuditExports, .getAuditExport: "ZohoCRM.settings.audit_logs.READ"
        case .countLicences: "ZohoCRM.features.READ"
        case .downloadAuditLog: "ZohoFiles.files.READ"
        default: "ZohoCRM.settings.fields.READ"
        }
    }

    /// Matches a path and a method; throws what the gateway answers for anything else.
    init(_ exchange: Exchange) throws(APIFailure) {
        let parts = exchange.segments
        // Another host with its own paths: {download-domain}/v2/crm/{zgid}/auditlog/{job}/AuditLog.csv.
        if parts.count == 6, parts[1] == "crm", parts[3] == "auditlog", parts[5] == "AuditLog.csv" {
            guard exchange.method == "GET" else { throw .wrongMethod }
            (route, version, id) = (.downloadAuditLog, .v8, parts[4])
            return
        }
        guard parts.count >= 3, parts[0] == "crm", parts[1].first == "v", parts[1].dropFirst().first?.isNumber == true
        else {
            throw .unknownPath
        }
        guard let version = CRMVersion(rawValue: parts[1]) else { throw .unsupported(parts[1]) }
        self.version = version
        let rest = Array(parts[2...])
        let method = exchange.method
        var allowed: [String: Route] = [:]
        var id: String?
        switch rest {
        case ["users"]:
            allowed = ["GET": .listUsers, "POST": .createUser, "PUT": .updateUsers, "DELETE": .deleteUsers]
            if !version.isOriginal { allowed["DELETE"] = nil }
        case ["users", "actions", "count"]: allowed = ["GET": .countUsers]
        case let path where path.count == 2 && path[0] == "users":
            id = path[1]
            allowed = ["GET": .getUser, "PUT": .updateUser, "DELETE": .deleteUser]
        case ["org"]: allowed = ["GET": .organisation]
        case ["__features", "user_licenses"]: allowed = ["GET": .countLicences]
        case ["settings", "roles"]: allowed = ["GET": .listRoles]
        case ["settings", "profiles"]: allowed = ["GET": .listProfiles]
        case ["settings", "fields"]: allowed = ["GET": .listFields]
        case ["settings", "audit_log_export"]: allowed = ["POST": .startAuditExport, "GET": .listAuditExports]
        case let path where path.count == 3 && path[0] == "settings" && path[1] == "audit_log_export":
            id = path[2]
            allowed = ["GET": .getAuditExport]
        case let path where path.count == 3 && path[0] == "settings" && path[1] == "roles":
            id = path[2]
            allowed = ["GET": .getRole]
        case let path where path.count == 3 && path[0] == "settings" && path[1] == "profiles":
            id = path[2]
            allowed = ["GET": .getProfile]
        default: throw .unknownPath
        }
        guard let route = allowed[method] else { throw .wrongMethod }
        self.route = route
        self.id = id
    }
}
