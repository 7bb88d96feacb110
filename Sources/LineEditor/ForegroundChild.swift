internal import CLibedit
internal import Glibc

/// Runs a program in the foreground with our terminal, default signals and an empty mask, and waits for it.
enum ForegroundChild {
    /// The exit status, 128 + the signal that killed it, or 127 when it could not be started.
    static func run(_ words: [String]) -> Int {
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

        let arguments = words.map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        var process = pid_t()
        guard posix_spawnp(&process, words[0], nil, &attributes, arguments, zosh_environment()) == 0 else { return 127 }
        while true {
            var status: CInt = 0
            guard waitpid(process, &status, WUNTRACED) == process else {
                if errno == EINTR { continue }
                return 127
            }
            if status & 0xFF == 0x7F {
                // ^Z in the child stops both of us, as in any job; we wake it when we are woken.
                SignalWatch.stopSelf()
                kill(process, SIGCONT)
                continue
            }
            return status & 0x7F == 0 ? Int(status >> 8) & 0xFF : 128 + Int(status & 0x7F)
        }
    }
}
