/// Everything a command may touch, handed to it with the call. What only trusted modules may touch, logins and the
/// store's keys, is not here: they get it in their `init`.
///
/// For example `try await shell.zoho.currentUser()`.
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

    public init(
        session: SessionSnapshot, zoho: any ZohoService, directory: any UserDirectory, connections: any ConnectionList,
        changes: any Changes, console: any Console, files: any RowFiles, progress: ProgressMeter,
        jobs: (any UnfinishedJobs)? = nil
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
    }

    /// The same context whose changes pass another gate, whose files are read by another reader, which sees Zoho and
    /// its people in another way, or whose jobs continue in another line.
    package func replacing(
        changes: (any Changes)? = nil, files: (any RowFiles)? = nil, zoho: (any ZohoService)? = nil,
        directory: (any UserDirectory)? = nil, console: (any Console)? = nil, jobs: (any UnfinishedJobs)? = nil
    ) -> ShellContext {
        ShellContext(
            session: session, zoho: zoho ?? self.zoho, directory: directory ?? self.directory, connections: connections,
            changes: changes ?? self.changes, console: console ?? self.console, files: files ?? self.files,
            progress: progress, jobs: jobs ?? self.jobs)
    }
}
