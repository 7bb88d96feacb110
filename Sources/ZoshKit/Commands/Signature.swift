/// Everything about a command that is data: help, parser, completer, dry run and the plugin wire read the same value.
///
/// ```swift
/// let signature = Signature("users list", "List users", rows: .users, scopes: ["ZohoCRM.users.READ"]) {
///     Option("limit", .integer(1...), "Stop after this many")
/// }
/// ```
public struct Signature: Sendable, Hashable {
    /// What a command takes from the stage before it.
    public enum Input: String, Sendable, Hashable, CaseIterable {
        case none
        /// Works alone or behind a pipe.
        case optional
        /// Makes sense only behind a pipe.
        case required
    }

    /// What a command may do to the world. Anything but `reads` passes the gate, and gets its options
    /// (`--dry-run`, `--yes`, `--at-most`, `--plan`).
    public enum Effect: String, Sendable, Hashable, CaseIterable {
        /// Touches neither network nor anything stored; works without a connection.
        case local
        /// Reads from Zoho; needs a connection.
        case reads
        /// Changes something at Zoho; needs a connection.
        case writes
        /// Changes something zosh keeps (a grant, a connection); needs no current connection.
        case writesLocally
    }

    /// What scripts, costs, recordings, fan-outs and completion must know of a command and cannot tell from the rest
    /// of its signature. Nothing outside a command asks for its name.
    public enum Fact: String, Sendable, Hashable, CaseIterable {
        /// The lines after it may speak to another organisation.
        case choosesConnection
        /// A connection is gone after it, perhaps the current one.
        case removesConnection
        /// Works for each connection of a fan-out although it may work without any.
        case worksPerConnection
        /// Its rows come in pages, each a call.
        case isPaged
        /// Runs its last parameter once for each connection named before it.
        case fansOut
        /// Runs the lines of a file.
        case runsFile
        /// What those lines set is set for the lines after it.
        case sharesVariables
        /// Its `name=value` words are a script's parameters, not fields of records.
        case takesScriptParameters
        /// Writes the rows it receives to a file.
        case savesRows
        /// Returns rows from outside zosh that may differ each time.
        case readsFile
        /// Returns the record of its noun (`rows`) that a word means: its name, or what people call it by.
        case looksUp
        /// Returns rows with no other fields than those it received.
        case keepsFields
        /// Its words are the fields that are left, or `*` for all.
        case picksFields
        /// Adds the record that its fields describe.
        case addsRecords
        /// Does nothing without a field to set.
        case needsFields
        /// Does nothing without users: named, or in the rows before it.
        case needsUsers
        /// Binds what stands behind it to a name, which the person chooses.
        case defines
        /// Is about zosh and not about the work: a recording leaves it out.
        case isBesideTheWork
        /// Ends the shell: no abbreviation of it is taken.
        case leaves
        /// Says where a script belongs, before everything else in it.
        case heads
        /// Meant for users who cannot work (yet or any more), who can, or who are not gone: completion offers them
        /// first.
        case suitsInactive, suitsActive, suitsPresent
        /// A `-` before a field turns its order round.
        case ordersFields
        /// Its number means a job of this store: a recording keeps the line as a comment.
        case namesJob
        /// Does what a file says that can be done once: a recording keeps the line as a comment.
        case appliesPlan
        /// Its second word is `on`.
        case joins
    }

    /// `["users", "list"]`.
    public let path: [String]
    /// `users list`.
    public let name: String
    public let summary: String
    public let parameters: [Parameter]
    /// The command's own parameters, and what the gate adds to every write.
    public let allParameters: [Parameter]
    /// Those given by position, in order.
    public let positional: [Parameter]
    public let facts: Set<Fact>
    public let input: Input
    public let effect: Effect
    /// What the grant must allow, checked before any request.
    public let scopes: [Scope]
    /// Whether a bare `name=value` is a Zoho field (`users update`); options then need `--`.
    public let takesFields: Bool
    /// Which fields its rows can have, known before it runs; nil when only the rows can tell.
    /// Those of a command that writes at Zoho say what happened, unless it says otherwise.
    public let rows: KnownFields?
    /// The noun whose fields a bare `name=value` sets.
    public let fields: Resource?
    /// Other paths that lead here (`users get`).
    public let aliases: [[String]]

    public init(
        _ path: String, _ summary: String, facts: Set<Fact> = [], rows: KnownFields? = nil, input: Input = .none,
        effect: Effect = .reads,
        scopes: [Scope] = [], takesFields: Bool = false, fields: Resource? = nil, aliases: [String] = [],
        @SignatureBuilder _ parameters: () -> [Parameter] = { [] }
    ) {
        self.path = Self.words(path)
        name = self.path.joined(separator: " ")
        self.summary = summary
        self.parameters = parameters()
        allParameters =
            self.parameters + WriteOptions.parameters(of: effect, isPlanned: facts.contains(.appliesPlan))
        positional = self.parameters.filter { parameter in
            switch parameter.kind {
            case .argument, .optionalArgument, .arguments: true
            case .option, .flag: false
            }
        }
        self.facts = facts
        self.input = input
        self.effect = effect
        self.scopes = scopes
        self.takesFields = takesFields || fields != nil
        self.rows = rows ?? (effect == .writes ? .changes : nil)
        self.fields = fields
        self.aliases = aliases.map(Self.words)
    }

    private static func words(_ path: String) -> [String] { path.split(separator: " ").map(String.init) }

    public func states(_ fact: Fact) -> Bool { facts.contains(fact) }

    public var isWrite: Bool { Self.isWrite(effect) }

    /// Whether it changes records that rows name or describe. A column `connection` of such rows says which
    /// organisation each of them belongs to.
    package var routesRows: Bool { effect == .writes && (states(.needsUsers) || states(.addsRecords)) }

    /// Whether the lines after it may run in another connection than those before, or in none.
    package var mayLeaveConnection: Bool {
        states(.choosesConnection) || states(.removesConnection) || states(.runsFile) && states(.sharesVariables)
    }

    private static func isWrite(_ effect: Effect) -> Bool { effect == .writes || effect == .writesLocally }

    /// The parameter of this name, written with `-` or `_` as the user likes (`per-page`, `per_page`).
    public func parameter(named name: String) -> Parameter? {
        if let exact = parameters.first(where: { $0.name == name }) { return exact }
        let wanted = Self.folded(name)
        return allParameters.first { Self.folded($0.name) == wanted }
    }

    private static func folded(_ name: String) -> String {
        String(name.lowercased().map { $0 == "_" ? "-" : $0 })
    }
}
