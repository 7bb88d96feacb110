/// One character cell of a `Screen`: what stands in it and how it looks.
public struct Cell: Equatable, Sendable {
    /// A base character with its combining marks; empty in the right half of a wide character.
    public var text = " "
    public var style = CellStyle()

    static let blank = Cell()
}

/// The attributes a test may ask about.
public struct CellStyle: Equatable, Sendable {
    public var isBold = false
    public var isDim = false
    public var isReversed = false
    public var isUnderlined = false
    /// 0–7 as in SGR 30–37, 8–15 as in 90–97; nil for the terminal's own.
    public var color: Int?

    public init(
        bold: Bool = false, dim: Bool = false, reversed: Bool = false, underlined: Bool = false, color: Int? = nil
    ) {
        isBold = bold
        isDim = dim
        isReversed = reversed
        isUnderlined = underlined
        self.color = color
    }
}
