/// Everything a command may touch, handed to it with the call.
///
/// Filtered by trust before it is handed over: `accounts` and `vault` answer only modules that were given them.
public struct ShellContext: Sendable {
    public let session: SessionSnapshot
    public let zoho: any ZohoService
    public let directory: any UserDirectory
    public let connections: any ConnectionList
    public let changes: any Changes
    public let console: any Console
    public let files: any RowFiles
    public let progress: ProgressMeter
    public let jobs: any UnfinishedJobs
    private let guarded: Guarded

    struct Guarded: Sendable {
        let accounts: (any AccountService)?
        let vault: (any VaultControl)?
    }

    public init(
        session: SessionSnapshot, zoho: any ZohoService, directory: any UserDirectory, connections: any ConnectionList,
        changes: any Changes, console: any Console, files: any RowFiles, progress: ProgressMeter,
        jobs: (any UnfinishedJobs)? = nil, accounts: (any AccountService)? = nil,
        vault: (any VaultControl)? = nil
    ) {
        self.jobs = jobs ?? NoUnfinishedJobs()
        self.session = session
        self.zoho = zoho
        self.directory = directory
        self.connections = connections
        self.changes = changes
        self.console = console
        self.files = files
        self.progress = progress
        guarded = Guarded(accounts: accounts, vault: vault)
    }

    /// The same context for a module of this trust.
    public func limited(to trust: Set<Trust>) -> ShellContext {
        ShellContext(
            session: session, zoho: zoho, directory: directory, connections: connections, changes: changes,
            console: console, files: files, progress: progress, jobs: jobs,
            accounts: trust.contains(.accounts) ? guarded.accounts : nil,
            vault: trust.contains(.vault) ? guarded.vault : nil)
    }

    /// The same context whose changes pass another gate, whose files are read by another reader, which sees Zoho and
    /// its people in another way, or whose jobs go on in another line.
    package func replacing(
        changes: (any Changes)? = nil, files: (any RowFiles)? = nil, zoho: (any ZohoService)? = nil,
        directory: (any UserDirectory)? = nil, console: (any Console)? = nil, jobs: (any UnfinishedJobs)? = nil
    ) -> ShellContext {
        ShellContext(
            session: session, zoho: zoho ?? self.zoho, directory: directory ?? self.directory, connections: connections,
            changes: changes ?? self.changes, console: console ?? self.console, files: files ?? self.files,
            progress: progress, jobs: jobs ?? self.jobs, accounts: guarded.accounts, vault: guarded.vault)
    }

    public var accounts: any AccountService {
        get throws {
            guard let service = guarded.accounts else {
                throw ZoshError(.permission, "this module is not trusted with stored grants")
            }
            return service
        }
    }

    public var vault: any VaultControl {
        get throws {
            guard let control = guarded.vault else {
                throw ZoshError(.permission, "this module is not trusted with the store's keys")
            }
            return control
        }
    }
}
