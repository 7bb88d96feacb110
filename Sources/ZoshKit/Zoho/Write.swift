/// How one verb of a noun is written at Zoho.
///
/// For example `Resource.users.writes[.update]`, whose path is `/users/{id}`.
public struct Write: Sendable, Hashable {
    public enum Method: String, Sendable {
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    /// What Zoho shows once the change has taken effect. Decides what is nothing to do, and how a write whose reply
    /// was lost is found again.
    public enum Result: Sendable, Hashable {
        /// The record has the values that were set.
        case values
        /// The record is gone.
        case absence
        /// There is a new record with the handle.
        case newcomer
        /// Nothing that can be read back.
        case nothing
    }

    /// How a change is taken back.
    public enum Undo: Sendable, Hashable {
        /// By giving the fields the values they had before.
        case restore
        /// Not at all: the sentence says why, and what can be done instead.
        case impossible(String)
    }

    public let method: Method
    /// Below `/crm/{version}`: `/users/{id}`. `{id}` is the record, other names are those of `Change.within`.
    public let path: String
    /// What the body holds the record under, in a list; nil for a request without a body.
    public let envelope: String?
    public let result: Result
    /// How bad a mistake would be.
    public let blast: BlastClass
    public let undo: Undo
    /// Fields that make it worse: they let a person in, lock a person out or show people other people's data.
    public let access: Set<String>
    /// Fields that make something happen each time they are sent: an invitation by e-mail.
    public let once: Set<String>
    /// The most records of one request.
    public let rowsPerCall: Int
    /// Where a request that was only accepted tells what became of it.
    public let job: AcceptedJob?

    public init(
        _ method: Method, _ path: String, envelope: String?, result: Result, blast: BlastClass,
        undo: Undo = .restore, access: Set<String> = [], once: Set<String> = [], rowsPerCall: Int = 1,
        job: AcceptedJob? = nil
    ) {
        self.method = method
        self.path = path
        self.envelope = envelope
        self.result = result
        self.blast = blast
        self.undo = undo
        self.access = access
        self.once = once
        self.rowsPerCall = rowsPerCall
        self.job = job
    }
}

/// Work that Zoho does later: a write is answered with a job's id, and asking for that id tells how far it is.
///
/// For example `AcceptedJob("/actions/transfer", state: "status", done: ["completed"], failed: ["failed"])`.
public struct AcceptedJob: Sendable, Hashable {
    /// Below `/crm/{version}`, as a write's.
    public let path: String
    /// The name of the job's id in the reply's details and in the query: `job_id`.
    public let id: String
    /// Where the reply shows the state: `status`.
    public let state: FieldPath
    public let done: Set<String>
    public let failed: Set<String>
    public let scope: Scope?

    public init(
        _ path: String, id: String = "job_id", state: FieldPath, done: Set<String>, failed: Set<String>,
        scope: Scope? = nil
    ) {
        self.path = path
        self.id = id
        self.state = state
        self.done = done
        self.failed = failed
        self.scope = scope
    }
}

/// How bad a mistake would be; brakes and confirmations scale with it.
///
/// For example deleting a user is worse than changing a city: `.ordinary < .irreversible`.
public enum BlastClass: Int, Sendable, Comparable {
    /// Undone without a trace: a label, a setting of zosh.
    case harmless
    /// Changes data that can be changed back.
    case ordinary
    /// Lets a person in, locks a person out, or costs a licence.
    case access
    /// Cannot be taken back.
    case irreversible

    public static func < (a: BlastClass, b: BlastClass) -> Bool { a.rawValue < b.rawValue }
}
