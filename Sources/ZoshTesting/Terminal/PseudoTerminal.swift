public import Glibc

/// Runs a program on its own real terminal and keeps the screen it would show.
///
/// The child is a session leader with the terminal as its controlling one, default signals and an empty mask, as
/// a terminal emulator would start it. Nothing here sleeps: waiting means polling for output until a condition
/// holds, with a deadline that only a broken program reaches.
public final class PseudoTerminal {
    public struct Failure: Error, CustomStringConvertible {
        public var description: String
    }

    public private(set) var screen: Screen
    /// Everything the program wrote, for the rare assertion about bytes.
    public private(set) var output: [UInt8] = []
    public let process: pid_t
    private let controller: CInt
    private var exitStatus: CInt?
    /// Set while something that may be gone again is waited for.
    private var looksBetween: ((Screen) -> Bool)?
    private var wasSeen = false

    /// `TIOCSPTLCK` and `TIOCGPTN`, macros Swift does not import.
    private static let setLock: UInt = 0x4004_5431
    private static let getNumber: UInt = 0x8004_5430

    /// - Parameter environment: the child's whole environment.
    public init(
        _ program: String, _ arguments: [String] = [], environment: [String: String] = [:],
        columns: Int = 80, rows: Int = 24
    ) throws {
        screen = Screen(columns: columns, rows: rows)
        // Opened close-on-exec in one step: a copy in another test's child would keep this terminal alive.
        controller = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var unlocked: CInt = 0
        var number: CUnsignedInt = 0
        guard controller >= 0, ioctl(controller, Self.setLock, &unlocked) == 0,
            ioctl(controller, Self.getNumber, &number) == 0
        else { throw Failure(description: "no pseudo-terminal: \(String(cString: strerror(errno)))") }
        let path = "/dev/pts/\(number)"
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        // The size is set on an open far end, so that the child finds it at once.
        let far = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        _ = ioctl(far, UInt(TIOCSWINSZ), &size)
        defer { close(far) }
        process = try ChildOnTerminal.start(program, arguments, environment: environment, terminal: path)
    }

    deinit {
        if exitStatus == nil {
            kill(process, SIGKILL)
            var status: CInt = 0
            waitpid(process, &status, 0)
        }
        close(controller)
    }

    // MARK: doing

    public func type(_ text: String) {
        send(Array(text.utf8))
    }

    public func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            // A full input queue empties only while something drains the program's output.
            let count = rest.withUnsafeBytes { write(controller, $0.baseAddress, min($0.count, 512)) }
            if count < 0, errno != EINTR, errno != EAGAIN { return }
            if count > 0 { rest = rest.dropFirst(count) }
            _ = pump(milliseconds: 0)
        }
    }

    public func signal(_ number: CInt) {
        kill(process, number)
    }

    /// Resizes the terminal and the model; the program is told by SIGWINCH.
    public func resize(columns: Int, rows: Int, reflow: Bool = false) {
        while pump(milliseconds: 0) == .received {}
        screen.resize(columns: columns, rows: rows, reflow: reflow)
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(controller, UInt(TIOCSWINSZ), &size)
    }

    // MARK: waiting

    /// Waits until the screen satisfies `condition`.
    public func expect(_ what: String, _ condition: (Screen) -> Bool) throws {
        let deadline = Patience.now() + Int64(Patience.seconds) * 1000
        while !condition(screen) {
            let left = deadline - Patience.now()
            guard left > 0, pump(milliseconds: CInt(clamping: left)) == .received else {
                if condition(screen) { return }
                if Patience.now() >= deadline { Patience.noteExhaustion() }
                throw Failure(description: "expected \(what); the screen was:\n\(picture)")
            }
        }
        finishFrame()
    }

    /// Waits until the screen satisfies `condition`, if only for a moment: every state is looked at, also one that was
    /// over before its bytes were read. For what goes by itself.
    public func expectPassing(_ what: String, _ condition: @escaping (Screen) -> Bool) throws {
        looksBetween = condition
        wasSeen = condition(screen)
        defer { looksBetween = nil }
        try expect(what) { wasSeen || condition($0) }
    }

    /// Waits until `text` is on the screen.
    public func expect(_ text: String) throws {
        try expect("“\(text)”") { $0.contains(text) }
    }

    /// Waits until `text` is no longer on the screen.
    public func expectGone(_ text: String) throws {
        try expect("no “\(text)”") { !$0.contains(text) }
    }

    /// Waits for the program to end and returns its status: 0–255, or 128 + the signal that killed it.
    public func exit() throws -> Int {
        if exitStatus == nil {
            var last = Pumped.received
            while last == .received { last = pump(milliseconds: CInt(Patience.seconds * 1000)) }
            guard last == .closed else {
                Patience.noteExhaustion()
                throw Failure(description: "expected the program to end; the screen was:\n\(picture)")
            }
            var status: CInt = 0
            guard waitpid(process, &status, 0) == process else { throw Failure(description: "lost the child") }
            exitStatus = status
        }
        let status = exitStatus ?? 0
        return status & 0x7F == 0 ? Int(status >> 8) & 0xFF : 128 + Int(status & 0x7F)
    }

    /// The terminal's modes as the program left them.
    public var modes: termios {
        var modes = termios()
        tcgetattr(controller, &modes)
        return modes
    }

    private var picture: String {
        screen.lines.enumerated().map { "\($0 < 9 ? " " : "")\($0 + 1)|\($1)" }.joined(separator: "\n")
            + "\ncursor \(screen.cursor.row + 1),\(screen.cursor.column + 1); unknown: \(screen.unknown)"
    }

    private enum Pumped {
        case received, silence, closed
    }

    /// Reads what is there, waiting for it up to the time given.
    private func pump(milliseconds: CInt) -> Pumped {
        var door = pollfd(fd: controller, events: Int16(POLLIN), revents: 0)
        guard poll(&door, 1, milliseconds) > 0 else { return .silence }
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = read(controller, &chunk, chunk.count)
        guard count > 0 else { return .closed }
        output += chunk[..<count]
        show(chunk[..<count])
        return .received
    }

    /// What a program writes at once may arrive in pieces: what follows immediately belongs to what was expected.
    private func finishFrame() {
        for _ in 0..<100 where pump(milliseconds: 4) != .received { return }
    }

    /// Shows bytes on the screen; looks before every control character, where something may be about to go.
    private func show(_ bytes: ArraySlice<UInt8>) {
        guard let looksBetween else { return screen.feed(bytes) }
        for byte in bytes {
            if byte < 0x20, !wasSeen { wasSeen = looksBetween(screen) }
            screen.feed(CollectionOfOne(byte))
        }
    }
}
