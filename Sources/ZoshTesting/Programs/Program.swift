public import Foundation
public import ZohoEmulator

/// The real program as a child, with its own home and an emulator to talk to.
public struct Program: Sendable {
    public typealias Ending = ChildProcess.Ending

    public let home: URL
    public let emulator: Emulator
    public var environment: [String: String]

    /// A program that is signed in as `acme`.
    public static func signedIn(users: Int = 12, configure: (inout EmulatorConfiguration) -> Void = { _ in })
        async throws -> Program
    {
        let program = try await Program(users: users, configure: configure)
        let login = try await program.run(
            ["auth", "login", "acme", "--self-client"], input: program.emulator.announcement.grant_code + "\n")
        guard login.status == 0 else { throw Failure(description: "the login failed: \(login.errors)") }
        return program
    }

    public struct Failure: Error, CustomStringConvertible { public let description: String }

    public init(users: Int = 12, configure: (inout EmulatorConfiguration) -> Void = { _ in }) async throws {
        home = FileManager.default.temporaryDirectory.appending(path: "zosh-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        var configuration = EmulatorConfiguration()
        configuration.users = users
        configure(&configuration)
        emulator = try await Emulator.start(configuration)
        environment = [
            "PATH": "/usr/bin:/bin", "PAGER": "cat", "HOME": home.path, "LC_ALL": "C.UTF-8",
            "ZOSH_HOME": home.appending(path: "zosh").path,
            "ZOSH_KEY_FILE": home.appending(path: "key").path, "ZOSH_ACCOUNTS_URL": emulator.announcement.accounts,
            "ZOSH_API_URL": emulator.announcement.api, "ZOHO_CLIENT_ID": emulator.announcement.client_id,
            "ZOHO_CLIENT_SECRET": emulator.announcement.client_secret,
        ]
        _ = try await run(["vault", "keygen", home.appending(path: "key").path])
    }

    public func start(_ arguments: [String], input: String = "") throws -> ChildProcess {
        try ChildProcess(
            BuiltProduct.path("zosh"), arguments, environment: environment, folder: home.path, input: input)
    }

    public func run(_ arguments: [String], input: String = "") async throws -> Ending {
        await Self.ending(of: try start(arguments, input: input))
    }

    /// Waits on its own thread: the emulator needs those of the pool.
    public static func ending(of child: ChildProcess) async -> Ending {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: child.ending()) }
        }
    }

    /// The shell on a terminal.
    public func shell(_ arguments: [String] = [], columns: Int = 80, rows: Int = 24, term: String = "xterm-256color")
        throws -> PseudoTerminal
    {
        var environment = environment
        environment["TERM"] = term
        return try PseudoTerminal(
            BuiltProduct.path("zosh"), arguments, environment: environment, columns: columns, rows: rows)
    }

    public func close() async {
        await emulator.stop()
        try? FileManager.default.removeItem(at: home)
    }
}
