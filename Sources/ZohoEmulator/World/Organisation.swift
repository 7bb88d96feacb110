/// One CRM organisation: its description, roles, profiles, people and licences.
///
/// Invariant: `caller` is a position in `people`.
struct Organisation: Sendable {
    let dataCentre: String
    var zgid: String
    var description: JSONObject
    var roles: [JSONObject]
    var profiles: [JSONObject]
    var people: Directory
    /// Where the person who logs in is.
    let caller: Int
    let account: Caller
    var licences: Int?
    /// Whether the caller has been deactivated: every call then answers INACTIVE_USER.
    var callerIsInactive = false
    /// Whether the organisation's trial is over: users can then neither be read nor changed.
    var trialHasExpired = false
    /// Permissions the caller's profile lacks, such as `Crm_Implied_Manage_Users`.
    var missingPermissions: Set<String> = []

    /// The user fields the organisation made itself.
    var customFields: [CustomField] = []

    /// Who changed what, in order.
    var auditTrail: [AuditRecord] = []
    var auditExports: [AuditExportJob] = []

    func hasField(_ name: String) -> Bool {
        DocumentedUserFields.documented.contains(name) || customFields.contains { $0.name == name }
    }

    var administrators: Set<Int> {
        Set(
            profiles.compactMap { profile in
                profile["name"]?.string == "Administrator" ? profile["id"]?.string.flatMap(Int.init) : nil
            })
    }

    func role(_ id: String) -> JSONObject? { roles.first { $0["id"]?.string == id } }

    func profile(_ id: String) -> JSONObject? { profiles.first { $0["id"]?.string == id } }

    /// A generated organisation: number `number` of data centre number `centre`.
    static func generated(
        configuration: EmulatorConfiguration, dataCentre: String, centre: Int, number: Int
    ) -> Organisation {
        let prefix = 4_150_868 + centre * 100_000 + number * 1_571
        let base = prefix * 1_000_000_000_000
        let seed = configuration.seed &+ UInt64(centre) &* 1_000_003 &+ UInt64(number) &* 7_919
        let roster = Roster(base: base)
        let caller = Caller(seed: configuration.seed, dataCentre: centre)
        let population = Population(seed: seed, count: configuration.users, base: base, roster: roster, caller: caller)
        let zgid = String(60_000_000_000 + prefix)
        let owner: JSONValue = ["name": .string(caller.fullName), "id": .string(String(population.id(0)))]
        return Organisation(
            dataCentre: dataCentre, zgid: zgid,
            description: SettingsText.organisation(base: base, zgid: zgid, number: number, caller: caller),
            roles: roster.roles.map { SettingsText.role($0, in: roster, owner: owner) },
            profiles: roster.profiles.map { SettingsText.profile($0, owner: owner) },
            people: Directory(.generated(population), administrators: [roster.profiles[0].id]),
            caller: 0, account: caller, licences: configuration.licences)
    }
}
