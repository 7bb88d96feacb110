internal import CLibedit
internal import CLinux
internal import Glibc

/// Runs a program in the foreground with our terminal, default signals and an empty mask, and waits for it.
enum ForegroundChild {
    /// The exit status, 128 + the signal that killed it, or 127 when it could not be started.
    /// - Parameter input: what it reads in place of the terminal; closed here once the program has it.
    static func run(_ words: [String], input: CInt? = nil, on terminal: Terminal) -> Int {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        var caught = sigset_t()
        sigemptyset(&caught)
        for signal in CaughtSignal.allCases { sigaddset(&caught, signal.number) }
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &caught)
        posix_spawnattr_setflags(&attributes, CShort(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input { posix_spawn_file_actions_adddup2(&actions, input, 0) }
        // Sockets and the store are none of its business: a pager runs its own commands.
        zosh_close_from(&actions, 3)

        let arguments = words.map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        let environment = zosh_environment_of_programs()
        defer { free(environment) }
        var process = pid_t()
        let failed =
            environment == nil
            || posix_spawnp(&process, words[0], &actions, &attributes, arguments, environment) != 0
        // A reader of ours would keep a writer from learning that the program reads no more.
        if let input { close(input) }
        guard !failed else { return 127 }
        terminal.noteChild(process)
        defer { terminal.noteChild(nil) }
        while true {
            var status: CInt = 0
            guard waitpid(process, &status, WUNTRACED) == process else {
                if errno == EINTR { continue }
                return 127
            }
            if status & 0xFF == 0x7F {
                stop(with: process, on: terminal)
                continue
            }
            return status & 0x7F == 0 ? Int(status >> 8) & 0xFF : 128 + Int(status & 0x7F)
        }
    }

    /// Milliseconds in which a program that takes a ^Z has put the terminal in order and stopped.
    private static let patience: CInt = 300

    /// ^Z in the child stops the whole job, and what continues us continues all of it.
    ///
    /// A pager that takes no ^Z (`less` with `LESSSECURE`) beneath a shell that does would continue reading keys while
    /// another job has the terminal. It is stopped as well, and finds the terminal as it was.
    private static func stop(with process: pid_t, on terminal: Terminal) {
        var waited: CInt = 0
        while waited < patience, ProcessTree.descendants(of: process).contains(where: { !ProcessTree.isStopped($0) }) {
            poll(nil, 0, 10)
            waited += 10
        }
        let forced = ProcessTree.stop(ProcessTree.descendants(of: process))
        let modes = forced.isEmpty ? nil : terminal.modes.current()
        if modes != nil { terminal.modes.restore() }
        SignalWatch.stopSelf()
        // One that has stopped by itself sets its own modes.
        if let modes { terminal.modes.applyAtHome(modes) }
        ProcessTree.resume([process] + ProcessTree.descendants(of: process))
    }

    /// Asks a program and all it has started to end: it is often a shell that waits for the one with the screen, and
    /// does not hand a signal on.
    static func end(_ process: pid_t, _ signal: CaughtSignal) {
        for child in ProcessTree.descendants(of: process).reversed() { kill(child, signal.number) }
        kill(process, signal.number)
    }
}
