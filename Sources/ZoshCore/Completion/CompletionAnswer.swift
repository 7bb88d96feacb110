public import ZoshKit

/// What Tab offers for a text and a cursor.
public struct CompletionAnswer: Sendable, Hashable {
    /// What a candidate replaces, in scalars of the text.
    public let range: Span
    /// Best first.
    public let candidates: [CompletionCandidate]
    /// A remark beneath the list: how old the people in it are.
    public let note: String?
    /// Whether more match than are listed.
    public let isPartial: Bool
    /// Whether the same question will be answered better in a moment.
    public let isAwaited: Bool

    public init(
        range: Span, candidates: [CompletionCandidate] = [], note: String? = nil, isPartial: Bool = false,
        isAwaited: Bool = false
    ) {
        self.isPartial = isPartial
        self.isAwaited = isAwaited
        self.range = range
        self.candidates = candidates
        self.note = note
    }
}

/// One thing the person may mean.
public struct CompletionCandidate: Sendable, Hashable {
    public enum Kind: String, Sendable {
        case command, option, value, field, user, role, profile, connection, organization, dataCentre, file, folder,
            variable
        case setting, errorCode
    }

    /// Columns of a name in a list.
    private static let longest = 400

    /// What goes into the line: quoted for the place, with the space or `=` that should follow.
    public let insertion: String
    /// What a list shows; neutralised.
    public let display: String
    /// What tells it from others of the same name: a person's e-mail. Neutralised, may be empty.
    public let key: String
    /// What it is, in a few words; neutralised, may be empty.
    public let description: String
    public let kind: Kind

    public init(insertion: String, display: String, key: String = "", description: String = "", kind: Kind) {
        self.insertion = insertion
        self.display = display.brief(Self.longest)
        self.key = key.brief(Self.longest)
        self.description = description.brief(Self.longest)
        self.kind = kind
    }
}
