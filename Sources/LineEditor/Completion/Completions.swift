/// The delegate's answer to Tab: which part of the text would be replaced, and by what.
public struct Completions: Equatable, Sendable {
    /// The part of the text a candidate replaces, in Unicode scalars from its start.
    public var range: Range<Int>
    /// In the order to show: best first.
    public var candidates: [Candidate]
    /// A remark shown beneath the list, e.g. how old the people in it are.
    public var note: String?
    /// More match than are listed: what these begin with is not what all begin with.
    public var isPartial: Bool
    /// The candidates are being loaded: `Terminal.completionsArrived` asks again unless another key came meanwhile.
    public var isAwaited: Bool

    public init(
        range: Range<Int>, candidates: [Candidate], note: String? = nil, isPartial: Bool = false,
        isAwaited: Bool = false
    ) {
        self.range = range
        self.isPartial = isPartial
        self.candidates = candidates
        self.note = note
        self.isAwaited = isAwaited
    }

    public static let none = Completions(range: 0..<0, candidates: [])
}

/// One possible completion.
public struct Candidate: Equatable, Sendable {
    /// What is put into the line: quoted already, with the space that should follow.
    public var insertion: String
    /// What is shown in a list.
    public var display: String
    /// What tells it from others of the same name, such as an e-mail; shown whole as long as the screen is wide enough
    /// for it alone. May be empty.
    public var key: String
    /// What it is, in a few words; shown dimmed beside it. May be empty.
    public var description: String
    /// What sort of thing it is ("command", "user", …); lists group nothing, menus show it.
    public var kind: String
    /// Found by what was typed into the menu, by its own rules: the menu keeps it, whatever its own would say.
    public var isSought: Bool

    public init(
        insertion: String, display: String, key: String = "", description: String = "", kind: String = "",
        isSought: Bool = false
    ) {
        self.insertion = insertion
        self.display = display
        self.key = key
        self.description = description
        self.kind = kind
        self.isSought = isSought
    }
}
