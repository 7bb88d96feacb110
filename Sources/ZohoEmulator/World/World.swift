/// Everything the emulated Zoho knows and may change: organisations, clients, tokens, limits.
///
/// One actor, so that every rule sees a consistent state. Rooms that answer requests are its
/// extensions, one file each. Invariant: every organisation belongs to a data centre in `centres`.
actor World {
    let configuration: EmulatorConfiguration
    let clock: EmulatedClock
    var centres: [EmulatedDataCentre] = []
    var organisations: [Organisation] = []
    var ledger: TokenLedger
    var devices: [String: DeviceRequest] = [:]
    var credits = CreditLedger()
    var marks = PageMarks()

    init(configuration: EmulatorConfiguration, clock: EmulatedClock) throws {
        self.configuration = configuration
        self.clock = clock
        ledger = TokenLedger(seed: configuration.seed)
        for (centre, code) in configuration.dataCentres.enumerated() {
            for number in 0..<max(1, configuration.orgs) {
                var organisation = Organisation.generated(
                    configuration: configuration, dataCentre: code, centre: centre, number: number)
                if centre == 0, number == 0, let world = configuration.world {
                    organisation = try WorldFile.apply(world, to: organisation)
                }
                organisations.append(organisation)
            }
        }
    }

    var now: Double { clock.secondsSince1970 }

    func centre(_ code: String) -> EmulatedDataCentre? { centres.first { $0.code == code } }

    func place(ofOrganisation zgid: String) -> Int? { organisations.firstIndex { $0.zgid == zgid } }

    /// The organisations of a data centre, in order.
    func organisations(in dataCentre: String) -> [Organisation] {
        organisations.filter { $0.dataCentre == dataCentre }
    }

    /// The caller's account in a data centre.
    func account(in dataCentre: String) -> Caller? { organisations(in: dataCentre).first?.account }

    /// Learns the origins, registers the clients and makes the grant codes to announce.
    func open(_ centres: [EmulatedDataCentre]) -> Announcement {
        self.centres = centres
        let everywhere = Set(configuration.dataCentres)
        var dataCentres: [Announcement.EmulatedDataCentre] = []
        var grants: [Announcement.Grant] = []
        for (number, centre) in centres.enumerated() {
            let client = Client(
                id: clientID(number), secret: clientSecret(number), kind: .server,
                dataCentres: number == 0 ? configuration.clientDataCentres ?? everywhere : [centre.code],
                redirectURIs: Set(configuration.redirectURIs))
            ledger.clients[client.id] = client
            for organisation in organisations(in: centre.code) {
                let code = issueConsoleCode(organisation, client: client.id, scopes: Self.announcedScopes)
                grants.append(.init(org: organisation.zgid, data_centre: centre.code, grant_code: code))
            }
            let first = organisations(in: centre.code)[0].zgid
            dataCentres.append(
                .init(
                    code: centre.code, accounts: centre.accounts, api: centre.api, client_id: client.id,
                    client_secret: client.secret,
                    grant_code: grants.first { $0.org == first }?.grant_code ?? ""))
        }
        let home = dataCentres[0]
        return Announcement(
            accounts: home.accounts, api: home.api, client_id: home.client_id, client_secret: home.client_secret,
            grant_code: home.grant_code, data_centres: dataCentres, grants: grants)
    }

    static let announcedScopes = Scopes([
        "ZohoCRM.users.ALL", "ZohoCRM.modules.ALL", "ZohoCRM.settings.ALL", "ZohoCRM.org.ALL",
        "ZohoCRM.features.READ", "AaaServer.profile.READ", "ZohoFiles.files.READ",
    ])

    /// A code as the API console makes it: bound to one organisation, good for ten minutes.
    func issueConsoleCode(_ organisation: Organisation, client: String, scopes: Scopes, life: Double = 600) -> String {
        let authority = Authority(
            client: client, dataCentre: organisation.dataCentre, zgid: organisation.zgid, scopes: scopes)
        return ledger.issueCode(authority, redirectURI: nil, offline: true, expires: now + life)
    }

    func clientID(_ number: Int) -> String {
        var dice = Dice(seed: configuration.seed ^ 0x434C_4945_4E54, place: UInt64(number))
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
        return "1000." + String((0..<30).map { _ in alphabet[dice.below(36)] })
    }

    private func clientSecret(_ number: Int) -> String {
        var dice = Dice(seed: configuration.seed ^ 0x5345_4352_4554, place: UInt64(number))
        let alphabet = Array("0123456789abcdef")
        return String((0..<42).map { _ in alphabet[dice.below(16)] })
    }
}
