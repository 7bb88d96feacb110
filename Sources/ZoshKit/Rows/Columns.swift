/// What a stream says about its rows before the first one arrives.
///
/// For example `Columns(["name", "id"])`, or `Columns.of(.users)` for what users have.
public struct Columns: Sendable, Hashable {
    /// The columns of a table and of CSV/TSV, in order of importance: a narrow terminal drops them from the right.
    /// Empty when the first page decides.
    public var headline: [FieldPath]
    /// Whether a row is one thing worth a card of all its fields when it comes alone (`users lookup ada`).
    public var card: Bool

    /// Which fields the rows can have; nil when only the rows themselves can tell.
    public var fields: KnownFields?

    public init(_ headline: [FieldPath], card: Bool = false, fields: KnownFields? = nil) {
        self.headline = headline
        self.card = card
        self.fields = fields
    }

    /// Rows that have these columns and no other field.
    public static func exactly(_ headline: [FieldPath]) -> Columns { Columns(headline, fields: .exactly(headline)) }

    /// The first page decides.
    public static let unknown = Columns([])

    /// The command has nothing to show: no empty list either, whatever the format.
    public var isSilent = false

    /// The outcome's notes tell a person all that the rows say: a terminal shows no table of them.
    public var isReportedInNotes = false

    /// The rows are lines of text under `line`, which a table shows as they are: what another program printed.
    public var isText = false

    /// The rows show what a file has to look like: a pipe gets the names of the columns too.
    public var isTemplate = false

    /// The fields `join` brought from the other side, by their names there; one whose name was taken is `NAME_2`.
    public var joined: [String] = []
    /// Whether a row is a finding to be read: a name, a state and sentences, none of which is ever cut off.
    public var isReport = false

    /// Whether the line names these columns (`select`): where there is no room for one, to name it again is no help.
    public var isChosen = false

    /// Whether every field was asked for (`select *`): then a card is not shortened.
    public var isWhole = false

    /// What the line means for how the rows are shown.
    public var showing = Showing()

    /// The connections whose rows these are; nil when they are not known to be other ones than the current one's.
    public var connections: [ConnectionPlace]?

    /// The command whose rows these still are, filtered and ordered at most: what a saved view is looked up by.
    public var command: String?

    /// Those of a write. `outcome`, not `status`: the rows can be piped into the next write, and a person's status is
    /// another thing.
    package static let ofChanges = Columns(
        ["subject", "action", "outcome", "message", "code", "id"], fields: .changes)

    /// The columns admins look at first, and every field of the noun.
    public static func of(_ resource: Resource) -> Columns {
        Columns(resource.headline, fields: resource.fields.isEmpty ? nil : .of(resource))
    }
}
