/// What went wrong, in one sentence, with the place in the user's line and the next thing to do.
///
/// The whole shell throws this one type; a single place (ZoshCore's `ErrorRenderer`) turns it into text. Commands
/// never print an error and never exit.
public struct ZoshError: Error, Sendable, Equatable {
    /// Few kinds, because each must mean something different to a script: they decide the exit status.
    public enum Kind: String, Sendable, CaseIterable {
        /// The line cannot be run as typed.
        case usage
        /// The input stops before it is complete; more text could cure it.
        case incomplete
        /// Something named does not exist.
        case notFound
        /// A login or an unlocked store is needed.
        case auth
        /// Zoho (or zosh in read-only mode) does not allow this.
        case permission
        /// Zoho asks to wait.
        case rateLimited
        /// The network failed, or Zoho is unavailable.
        case network
        /// Zoho answered and refused the data.
        case refused
        /// The user declined a question.
        case declined
        /// The user interrupted the line.
        case cancelled
        /// The reader of the results closed the pipe.
        case readerLeft
        /// Something on this machine failed: a file, the store, a terminal.
        case local
        /// A defect in zosh.
        case bug
    }

    public var kind: Kind
    /// One sentence, without a trailing period, naming what happened.
    public var problem: String
    /// Where in the user's line.
    public var span: Span?
    /// What to do next, as a sentence or a command.
    public var remedy: String?
    /// What the problem is made of, a line each: the rows of a file that are wrong, the users a name could mean.
    public var details: [String] = []
    /// Zoho's own code (`INVALID_TOKEN`), when Zoho said it; `explain CODE` tells more.
    public var code: String?

    public init(_ kind: Kind, _ problem: String, at span: Span? = nil, remedy: String? = nil, code: String? = nil) {
        self.kind = kind
        self.problem = problem
        self.span = span
        self.remedy = remedy
        self.code = code
    }

    /// The same error pointing at a place, unless it points somewhere already.
    public func at(_ place: Span?) -> ZoshError {
        guard span == nil else { return self }
        var copy = self
        copy.span = place
        return copy
    }
}
