/// What went wrong, in one sentence, with the place in the user's line and the next thing to do.
///
/// The whole shell throws this one type; a single place (ZoshCore's `ErrorRenderer`) turns it into text. Commands
/// never print an error and never exit.
///
/// ```swift
/// throw ZoshError(
///     .usage, "'401' is not an error code", at: call.span(of: "code"), remedy: "explain INVALID_TOKEN")
/// ```
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
    /// One sentence, without a trailing period, naming what happened, and what follows from it.
    public var problem: String {
        get { consequence.map { "\(cause); \($0)" } ?? cause }
        set { (cause, consequence) = (newValue, nil) }
    }
    /// What happened, without what follows from it: "no space is left".
    package private(set) var cause: String
    /// What follows from it: "nothing was changed".
    package var consequence: String?
    /// Where in the user's line.
    public var span: Span?
    /// What to do next, as a sentence or a command.
    public var remedy: String?
    /// What the problem is made of, a line each: the rows of a file that are wrong, the users a name could mean.
    public var details: [String] = []
    /// Zoho's own code (`INVALID_TOKEN`), when Zoho said it; `explain CODE` tells more.
    public var code: String?
    /// What other parts of zosh go by beside the kind. It crosses no wire, where it would be another program's word.
    package var fact: Fact?
    /// The remedy, when it depends on the connection that it is run on.
    package var placedRemedy: PlacedRemedy?
    /// The rows that it is about, when it is made of several problems.
    package var rows: ProblemLines?

    package enum Fact: Sendable {
        /// No request has left.
        case nothingSent
        /// The job of the line was given up, so nothing more is done of it.
        case lineCancelled
        /// No command begins in this way.
        case unknownCommand
    }

    public init(_ kind: Kind, _ problem: String, at span: Span? = nil, remedy: String? = nil, code: String? = nil) {
        self.kind = kind
        cause = problem
        self.span = span
        self.remedy = remedy
        self.code = code
    }

    package init(
        _ kind: Kind, _ cause: String, consequence: String?, at span: Span? = nil, remedy: String? = nil,
        code: String? = nil, fact: Fact? = nil, rows: ProblemLines? = nil
    ) {
        self.init(kind, cause, at: span, remedy: remedy, code: code)
        self.consequence = consequence
        self.fact = fact
        self.rows = rows
    }

    /// What a command says that needs a connection and has none.
    public static let notSignedIn = ZoshError(.auth, "you are not signed in", remedy: "auth login")

    package static let nothingChanged = "nothing was changed"

    /// The same error after earlier commands of its line or script have changed something.
    package var afterChanges: ZoshError {
        guard consequence == Self.nothingChanged else { return self }
        var copy = self
        copy.consequence = "nothing more was changed"
        return copy
    }

    /// The remedy when it asks what was meant: "did you mean 'users'?". It is about one word, while other remedies hold
    /// for every row or line that has the same mistake.
    package var suggestion: String? { remedy.flatMap { $0.hasSuffix("?") ? $0 : nil } }

    /// The same error pointing at a place, unless it points somewhere already.
    public func at(_ place: Span?) -> ZoshError {
        guard span == nil else { return self }
        var copy = self
        copy.span = place
        return copy
    }
}
