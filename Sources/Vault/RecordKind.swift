/// What a sealed record is about.
///
/// The raw value is stored in clear and is part of every record's key and
/// associated data: it is part of the format and never changes.
public enum RecordKind: String, Sendable, CaseIterable {
    /// A stored connection with its tokens and origins.
    case grant
    /// An OAuth client: its id and secret.
    case client
    /// Cached people, roles and profiles of one connection, in blocks.
    case directory
    /// Lines typed before, as a log.
    case history
    /// One setting.
    case setting
    /// A plugin the user trusts, with its hash.
    case trust
    /// Changes at Zoho that were asked for together, as a series.
    case job
    /// Scripts that ran, as a series.
    case run
    /// The entries of a script's run in format 1, as a log. Only read, from older stores and exports.
    case jobRow = "job-row"
    /// What was done, as a log.
    case audit
    /// Calls and targets counted for brakes and budgets.
    case counter
    /// The key with which the person approves plans of others.
    case signingKey = "signing-key"
    /// The public key of a person whose approvals count.
    case approver

    /// Whether bodies are keys or tokens, which belong in locked memory, rather
    /// than text that is merely private.
    public var holdsSecrets: Bool {
        self == .grant || self == .client || self == .signingKey
    }
}
