internal import Glibc

/// Starts a program with a terminal as its standard streams and its controlling terminal.
enum ChildOnTerminal {
    /// `POSIX_SPAWN_SETSID`, which glibc declares only for GNU sources.
    private static let newSession: CShort = 0x80

    static func start(
        _ program: String, _ arguments: [String], environment: [String: String], terminal: String
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // The first terminal a session leader opens becomes its controlling one.
        posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
        // As in `ChildProcess`: no copy of another test's sockets.
        for descriptor in 3..<8192 { posix_spawn_file_actions_addclose(&actions, CInt(descriptor)) }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, newSession | CShort(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        let words = ([program] + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (words + variables).forEach { free($0) } }
        var process = pid_t()
        let result = posix_spawn(&process, program, &actions, &attributes, words, variables)
        guard result == 0 else {
            throw PseudoTerminal.Failure(description: "\(program): \(String(cString: strerror(result)))")
        }
        return process
    }
}
