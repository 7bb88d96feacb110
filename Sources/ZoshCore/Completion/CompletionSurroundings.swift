public import ZoshKit

/// Everything a completion may look at, all of it in memory: the completer itself reaches nothing.
public struct CompletionSurroundings: Sendable {
    public var directory: PublishedDirectory
    public var connections: [ConnectionSummary]
    /// The variables of the session, and the fields their rows have.
    public var variables: [String: [String]]
    /// The session's own short names, and what they stand for.
    public var aliases: [String: String]
    /// The ids of people used lately.
    public var recentIDs: [String]
    /// Seconds since 1970, for the age of the directory.
    public var now: Int64
    /// Whether a newer directory is on its way.
    public var isRefreshing: Bool
    /// Why the directory could not be fetched.
    public var trouble: String?
    /// What was typed into the menu to narrow it; people are searched with it, too.
    public var narrowing = ""
    /// What a folder holds, by its path as typed; empty for the working folder.
    public var files: @Sendable (String) -> [ListedFile]
    /// What the script at a path declares.
    public var parameters: @Sendable (String) -> [ScriptParameter] = { _ in [] }

    public init(
        directory: PublishedDirectory = .empty, connections: [ConnectionSummary] = [],
        variables: [String: [String]] = [:],
        aliases: [String: String] = [:], recentIDs: [String] = [],
        now: Int64 = 0, isRefreshing: Bool = false,
        files: @escaping @Sendable (String) -> [ListedFile] = { _ in [] }
    ) {
        self.directory = directory
        self.connections = connections
        self.variables = variables
        self.aliases = aliases
        self.recentIDs = recentIDs
        self.now = now
        self.isRefreshing = isRefreshing
        self.files = files
    }
}

/// A file as completion shows it.
public struct ListedFile: Sendable, Hashable {
    public let name: String
    public let isFolder: Bool

    public init(name: String, isFolder: Bool) {
        self.name = name
        self.isFolder = isFolder
    }
}
