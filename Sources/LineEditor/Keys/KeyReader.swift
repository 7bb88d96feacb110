internal import Glibc

/// Reads what is typed, one Unicode scalar at a time, while listening to the wake pipe.
///
/// One byte is read at a time so that nothing typed ahead is taken from the next reader. Bytes that are no
/// UTF-8 and the C1 controls (which are this room's private keys) are dropped.
final class KeyReader {
    enum Input: Equatable {
        case scalar(Unicode.Scalar)
        /// A whole paste, cleaned. The scalars of its opening mark, but the last, were handed out before it.
        case paste(String)
        /// The wake pipe fired: look for signals and notices.
        case woken
        /// Nothing came in the time given.
        case silence
        case end
    }

    /// Text of a paste, between its arrival and the function that inserts it.
    var waitingPaste: String?

    private let terminal: Terminal
    private var pushedBack: [Unicode.Scalar] = []
    private var mark = PasteMark()
    /// Whether a paste has begun whose closing mark has not come; what came of it, and when its last scalar did.
    private var isPasteOpen = false
    private var pasted: [Unicode.Scalar] = []
    private var lastPasted = ContinuousClock.now
    /// After how much silence Ctrl-C is a key of its own, and not a part of the paste.
    private let stall: Duration

    init(terminal: Terminal, stall: Duration = .seconds(1)) {
        self.terminal = terminal
        self.stall = stall
    }

    /// - Parameter milliseconds: how long to wait; -1 for ever.
    func next(within milliseconds: CInt = -1) -> Input {
        if let first = pushedBack.first {
            pushedBack.removeFirst()
            return .scalar(first)
        }
        guard !isPasteOpen else { return collectPaste(within: milliseconds) }
        let input = read(within: milliseconds)
        guard case .scalar(let scalar) = input, mark.advance(scalar) else { return input }
        isPasteOpen = true
        pasted = []
        lastPasted = .now
        return collectPaste(within: milliseconds)
    }

    /// Everything up to the closing mark, however long the line is silent: the rest of a paste that was given up would
    /// be typed, and run. What wakes us is reported meanwhile. Where the mark never comes, Ctrl-C after a silence drops
    /// what came.
    private func collectPaste(within milliseconds: CInt) -> Input {
        while true {
            let input = read(within: milliseconds)
            guard case .scalar(let scalar) = input else { return input }
            if scalar == "\u{3}", .now - lastPasted >= stall, !isInputWaiting(within: 50) {
                isPasteOpen = false
                return input
            }
            pasted.append(scalar)
            lastPasted = .now
            guard scalar == PasteMark.end[5], pasted.suffix(6).elementsEqual(PasteMark.end) else { continue }
            isPasteOpen = false
            return .paste(PastedText.clean(pasted.dropLast(6)))
        }
    }

    private func read(within milliseconds: CInt) -> Input {
        var partial: [UInt8] = []
        while true {
            var doors = [terminal.input, terminal.wakePipe.readEnd].map {
                pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
            }
            let ready = poll(&doors, nfds_t(doors.count), milliseconds)
            if ready == 0 { return .silence }
            if ready < 0 {
                if errno == EINTR { continue }
                return .end
            }
            if doors[1].revents != 0, partial.isEmpty { return .woken }
            guard doors[0].revents != 0 else { continue }
            var byte: UInt8 = 0
            let count = Glibc.read(terminal.input, &byte, 1)
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            if count <= 0 { return .end }
            if let scalar = Self.decode(&partial, byte) { return .scalar(scalar) }
        }
    }

    /// True when the next key is there already: drawing what it would wipe out is wasted.
    var isInputWaiting: Bool { isInputWaiting(within: 0) }

    private func isInputWaiting(within milliseconds: CInt) -> Bool {
        if !pushedBack.isEmpty { return true }
        var door = pollfd(fd: terminal.input, events: Int16(POLLIN), revents: 0)
        return poll(&door, 1, milliseconds) > 0
    }

    /// Forgets what came together with the keys just read.
    func dropBurst() {
        pushedBack = []
        terminal.dropBurst()
    }

    /// Pushes scalars back, to be read again in this order before anything else.
    func pushBack(_ scalars: [Unicode.Scalar]) {
        pushedBack = scalars + pushedBack
    }

    /// Adds a byte; a finished scalar, or nil while more is needed or the bytes were not text.
    private static func decode(_ partial: inout [UInt8], _ byte: UInt8) -> Unicode.Scalar? {
        if byte & 0xC0 != 0x80 { partial = [] }
        partial.append(byte)
        let needed =
            switch partial[0] {
            case 0..<0x80: 1
            case 0xC2..<0xE0: 2
            case 0xE0..<0xF0: 3
            case 0xF0..<0xF5: 4
            default: 0
            }
        guard needed > 0 else {
            partial = []
            return nil
        }
        guard partial.count == needed else { return nil }
        defer { partial = [] }
        guard let text = String(validating: partial, as: UTF8.self), let scalar = text.unicodeScalars.first,
            !(0x80..<0xA0).contains(scalar.value)
        else { return nil }
        return scalar
    }
}
