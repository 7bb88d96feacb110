import Glibc
import LineEditor
import Vault
import ZohoClient
import ZoshCore
import ZoshGate
import ZoshKit
import ZoshTrust

/// Everything behind the prompt, put together once per process: rooms know protocols, this knows the rooms.
struct Engine: Sendable {
    let session: Session
    let registry: CommandRegistry
    let interpreter: Interpreter
    let storeSession: StoreSession
    let registeredConnections: ConnectionRegistry
    let directories: DirectoryRefreshers
    let printer: ResultPrinter
    let narrator: Narrator
    let history: History
    let connectionAdmin: ConnectionAdmin
    let console: any Console
    let transport: HTTPTransport
    let credits: CallLedger
    let jobs: JobHistory
    let runs: Journal
    let tour: Tour
    let latestDirectory = LatestDirectory()
    let historyIsAttached = OnceFlag()
    let jobsAreNamed = OnceFlag()
    let historyLossWasReported = OnceFlag()
    let suggestedLines = SuggestedLines()
    let warming = InFlightFlag()
    /// Whether Zoho is being asked for people behind the prompt.
    let isFetching = SharedFlag()
    let lastFailure = LastFailure()

    /// What differs between a shell, a script, a test.
    struct Surroundings: Sendable {
        var settings: Settings
        var session = Session.Settings()
        var connection: String?
        var trace = false
        var narrator: Narrator
        var console: any SecretPrompt
        /// Whether a person can be asked.
        var canAsk: Bool
        var output: any ByteSink
        var target: @Sendable () -> OutputTarget
        var dates = DateReader.system
        /// What guessing a new passphrase must cost; nil measures the machine.
        var scrypt: ScryptParameters?
        var clock: any ClientClock = SystemClock()
        /// Proxies and authorities.
        var network = NetworkSettings.plain
        var machine = BrowserEnvironment.here
        /// Data centres beside Zoho's documented ones.
        var dataCentres: [DataCentre] = []
        /// Nil where no person can turn pages.
        var pager: Pager?
    }

    init(_ world: Surroundings, places: Places) throws {
        let settings = world.settings
        let narrator = world.narrator
        var own: DataCentre?
        if let accounts = settings.ownAccounts, let api = settings.ownAPI {
            own = try DataCentreTable.ownDataCentre(accounts: accounts, api: api)
        } else if settings.ownAccounts != nil || settings.ownAPI != nil {
            throw ZoshError(.usage, "ZOSH_ACCOUNTS_URL and ZOSH_API_URL belong together", remedy: "set both or neither")
        }
        let table = DataCentreTable(
            own: own, added: try world.dataCentres + DataCentreFile.read(in: places.configuration))
        var start = world.session
        start.trace = start.trace || world.trace
        let session = Session(start, connection: world.connection ?? settings.connection)
        self.session = session
        let clock = world.clock
        transport = HTTPTransport(clock: clock, network: world.network) { line in
            if session.isTracing { narrator.say("> \(line.text)".neutralised) }
        }
        narrator.watch(transport.waits)
        storeSession = StoreSession(
            directory: places.data, refusal: places.refusal,
            keys: KeyPrompts(
                keyFile: settings.keyFile, keyCommand: settings.keyCommand, console: world.console,
                canAsk: world.canAsk,
                scrypt: world.scrypt))
        let grants = SealedGrants(storeSession: storeSession)
        let oauth = OAuthClient(transport: transport, table: table, clock: clock)
        let credits = CallLedger(storeSession: storeSession, clock: clock)
        self.credits = credits
        let folder = places.data + "/places"
        registeredConnections = ConnectionRegistry(
            store: grants, oauth: oauth, clock: clock, patience: narrator.patience
        ) {
            RequestSlots(folder: folder, grant: $0, credits: credits)
        }
        history = History(filter: HistoryFilter.kept)
        directories = DirectoryRefreshers(store: SealedDirectory(storeSession: storeSession))
        let files = LocalFiles()
        let clients = SealedClients(storeSession: storeSession)
        let finder = LoginClients(
            clients: clients, registeredConnections: registeredConnections, settings: settings, session: session,
            console: world.console)
        let login = LoginFlow(
            clients: finder, store: grants, table: table, transport: transport, console: world.console, clock: clock,
            patience: narrator.patience,
            defaults: LoginDefaults(
                dataCentre: settings.dataCentre, redirectURI: settings.redirectURI,
                announcement: settings.announcement),
            surroundings: LoginSurroundings(
                machine: world.machine, isInteractive: { await session.settings.interactive },
                hold: { narrator.hold($0) }, openPage: ServedCallbackPage.open))
        connectionAdmin = ConnectionAdmin(
            registeredConnections: registeredConnections, store: grants, clients: clients, login: login,
            session: session, transport: transport)
        let lines = WaitingLines(.audit)
        let opener = SeriesOpener(storeSession: storeSession, lines: lines)
        let audit = SealedAudit(
            storeSession: storeSession, opener: opener, lines: lines, clock: world.dates.now)
        storeSession.beforeSignIn.set { try await audit.save() }
        let outlasts = !settings.isThrownAway
        jobs = JobHistory(in: SealedItems(.job, from: opener, outlastsProcess: outlasts), now: world.dates.now)
        let doctor = Doctor(
            storeSession: storeSession, jobs: jobs, credits: credits, table: table, settings: settings, oauth: oauth,
            clock: clock,
            transport: transport,
            interactive: world.canAsk, way: world.network)
        let accounts = Accounts(
            registeredConnections: registeredConnections, session: session, login: login, sealed: clients,
            credits: credits, doctor: doctor,
            transport: transport)
        runs = Journal(runs: SealedItems(.run, from: opener, outlastsProcess: outlasts), steps: jobs)
        let plans = PlanRegistry(
            in: PlanFilesOfPerson(files: files), sealedBy: StorePlanSigner(storeSession: storeSession),
            approvedWith: StoreApprovalKeys(storeSession: storeSession), history: jobs)
        let contexts = LiveContexts(
            session: session, storeSession: storeSession, registeredConnections: registeredConnections,
            connectionAdmin: connectionAdmin, directories: directories, console: world.console,
            transport: transport, files: files, jobs: jobs, runs: runs, audit: audit, plans: plans,
            credits: credits, connectionOfEnvironment: world.connection == nil ? settings.connection : nil)
        tour = Tour(isOnDemo: settings.isThrownAway)
        let language = CoreModule(
            version: ZoshVersion.number, program: { Arguments.manual }, tour: tour,
            history: RecentLines(history: history),
            keys: EditorKeys())
        registry = try CommandRegistry(
            [language]
                + BuiltInPlugins.modules(
                    jobs: jobs, plans: plans,
                    timed: DueRunner(contexts: contexts, jobs: jobs, settings: settings, areNamed: jobsAreNamed),
                    audit: audit, accounts: accounts,
                    vault: VaultControlAdapter(storeSession: storeSession),
                    prompt: world.console))
        let views = SavedViews(at: places.configuration + "/views.json")
        interpreter = Interpreter(
            registry: registry, session: session, contexts: contexts, files: files, dates: world.dates,
            journal: runs,
            tools: Tools(
                programs: ExternalPrograms(narrator: narrator), spills: SealedSpills(), views: views,
                // What is set in a demo ends with it.
                initFile: settings.isThrownAway ? nil : places.initFile))
        storeSession.whenLocked.set { [registeredConnections, directories, latestDirectory, transport] in
            await registeredConnections.forgetAll()
            await directories.forgetAll()
            latestDirectory.forget()
            await transport.shutdown()
        }
        self.narrator = narrator
        console = world.console
        printer = ResultPrinter(
            session: session, output: world.output, narrator: narrator, target: world.target, views: views,
            pager: world.pager)
    }

    /// The grant the prompt shows: the current connection's, else the only one's.
    func currentGrant() async throws -> Grant? {
        let all = try await registeredConnections.grants()
        if let name = await session.connectionName { return all.first { $0.name == name } }
        guard all.count == 1 else { return nil }
        await session.use(connection: all[0].name)
        return all[0]
    }

    /// Closes sockets and wipes keys; nothing runs after it.
    func close() async {
        narrator.pause()
        await transport.shutdown()
        await credits.flush()
        await storeSession.close()
    }
}
