/// The exit status of a run; scripts rely on these numbers, so changing one is a breaking change.
///
/// For example `zosh users lookup ghost@example.com` ends with `.partial`, which is 3.
public enum ExitStatus: Int32, Sendable, Comparable {
    case done = 0
    case failed = 1
    case usage = 2
    /// Some rows failed or were not found; the others are done.
    case partial = 3
    /// A login or an unlocked store is needed.
    case auth = 4
    /// The network failed, or Zoho is unavailable.
    case unavailable = 5
    /// The terminal went away (SIGHUP).
    case hungUp = 129
    case interrupted = 130
    /// The reader of standard output went away before the end (`… | head -1`), as SIGPIPE ends other filters.
    case readerLeft = 141
    case terminated = 143

    /// Whether the rest of the line must not run either: the person has stopped it, or its output has no reader.
    public var endsEverything: Bool { self == .interrupted || self == .readerLeft }

    public static func < (a: ExitStatus, b: ExitStatus) -> Bool { a.rawValue < b.rawValue }

    /// The status an error of this kind ends a run with.
    public init(_ kind: ZoshError.Kind) {
        self =
            switch kind {
            case .usage, .incomplete: .usage
            case .auth: .auth
            case .network, .rateLimited: .unavailable
            case .cancelled: .interrupted
            case .readerLeft: .readerLeft
            case .notFound, .permission, .refused, .declined, .local, .bug: .failed
            }
    }
}
