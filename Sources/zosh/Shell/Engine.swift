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
    let keeper: StoreKeeper
    let book: ConnectionBook
    let directories: Directories
    let printer: ResultPrinter
    let narrator: Narrator
    let history: History
    let desk: ConnectionDesk
    let console: any Console
    let transport: HTTPTransport
    let credits: CreditBook
    let jobs: JobHistory
    let latestDirectory = LatestDirectory()
    let historyIsAttached = Once()
    let jobsAreNamed = Once()
    let historyLossIsTold = Once()
    let suggestedLines = SuggestedLines()
    let warming = Turnstile()
    /// Whether Zoho is being asked for people behind the prompt.
    let isFetching = Sign()
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
        /// What guessing a new passphrase shall cost; nil measures the machine.
        var scrypt: ScryptParameters?
        var clock: any ClientClock = SystemClock()
        /// Proxies and authorities.
        var network = NetworkSettings.plain
        var machine = LoginMachine.here
        /// Data centres beside Zoho's documented ones.
        var dataCentres: [DataCentre] = []
        /// Nil where nobody can turn pages.
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
        keeper = StoreKeeper(
            directory: places.data, refusal: places.refusal,
            keys: KeyRing(
                keyFile: settings.keyFile, keyCommand: settings.keyCommand, console: world.console,
                canAsk: world.canAsk,
                scrypt: world.scrypt))
        let grants = SealedGrants(keeper: keeper)
        let oauth = OAuthClient(transport: transport, table: table, clock: clock)
        let credits = CreditBook(keeper: keeper, clock: clock)
        self.credits = credits
        let folder = places.data + "/places"
        book = ConnectionBook(store: grants, oauth: oauth, clock: clock, patience: narrator.patience) {
            SharedPlaces(folder: folder, grant: $0, credits: credits)
        }
        history = History(filter: HistoryFilter.kept)
        directories = Directories(store: SealedDirectory(keeper: keeper))
        let files = LocalFiles()
        let clients = SealedClients(keeper: keeper)
        let finder = LoginClients(
            clients: clients, book: book, settings: settings, session: session, console: world.console)
        desk = ConnectionDesk(
            book: book, store: grants, clients: clients, finder: finder, session: session, settings: settings,
            table: table,
            transport: transport, console: world.console, clock: clock, patience: narrator.patience)
        let login = LoginDesk(
            finder: finder, store: grants, session: session, settings: settings, table: table, oauth: oauth,
            console: world.console,
            narrator: narrator, clock: clock, machine: world.machine)
        let doctor = Doctor(
            keeper: keeper, credits: credits, table: table, settings: settings, oauth: oauth, clock: clock,
            transport: transport,
            interactive: world.canAsk, way: world.network)
        let accounts = Accounts(
            book: book, session: session, login: login, sealed: clients, credits: credits, doctor: doctor,
            transport: transport)
        let opener = SeriesOpener(keeper: keeper)
        let outlasts = !settings.isThrownAway
        jobs = JobHistory(in: SealedItems(.job, from: opener, outlastsProcess: outlasts), now: world.dates.now)
        let journal = Journal(runs: SealedItems(.run, from: opener, outlastsProcess: outlasts), steps: jobs)
        let contexts = LiveContexts(
            session: session, keeper: keeper, book: book, desk: desk, directories: directories, console: world.console,
            narrator: narrator, transport: transport, files: files, jobs: jobs, runs: journal)
        let language = CoreModule(version: Version.number, history: RecentLines(history: history), keys: EditorKeys())
        registry = try CommandRegistry(
            [language]
                + BuiltInPlugins.modules(
                    jobs: jobs, accounts: accounts, vault: VaultDoor(keeper: keeper), prompt: world.console))
        let views = SavedViews(at: places.configuration + "/views.json")
        interpreter = Interpreter(
            registry: registry, session: session, contexts: contexts, files: files, dates: world.dates,
            journal: journal,
            tools: Tools(
                programs: ExternalPrograms(narrator: narrator), spills: SealedSpills(), views: views,
                // What a demo is told ends with it.
                initFile: settings.isThrownAway ? nil : places.initFile))
        keeper.whenLocked.set { [book, directories, latestDirectory, transport] in
            await book.forgetAll()
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
        let all = try await book.grants()
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
        await keeper.close()
    }
}
