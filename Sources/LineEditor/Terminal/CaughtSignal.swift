internal import Glibc

/// The signals an interactive program must answer itself, as words.
public enum CaughtSignal: Int, Sendable, CaseIterable {
    case interrupt, quit, suspend, resume, resize, hangUp, terminate

    /// The number of the signal in the system's table.
    public var number: CInt {
        switch self {
        case .interrupt: SIGINT
        case .quit: SIGQUIT
        case .suspend: SIGTSTP
        case .resume: SIGCONT
        case .resize: SIGWINCH
        case .hangUp: SIGHUP
        case .terminate: SIGTERM
        }
    }

    init?(number: CInt) {
        guard let match = Self.allCases.first(where: { $0.number == number }) else { return nil }
        self = match
    }

    /// True for the two signals after which nothing more is read.
    public var endsSession: Bool { self == .hangUp || self == .terminate }
}

extension Set<CaughtSignal> {
    /// The signal in it after which nothing more is read.
    var ending: CaughtSignal? { contains(.terminate) ? .terminate : contains(.hangUp) ? .hangUp : nil }
}
