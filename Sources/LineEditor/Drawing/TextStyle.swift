/// How a piece of text looks: the few attributes every terminal of the last forty years agrees on.
public struct TextStyle: Equatable, Hashable, Sendable {
    public enum Color: Int, Sendable, CaseIterable {
        case black, red, green, yellow, blue, magenta, cyan, white
    }

    public var color: Color?
    public var isBold: Bool
    public var isDim: Bool
    public var isReversed: Bool

    public init(color: Color? = nil, bold: Bool = false, dim: Bool = false, reversed: Bool = false) {
        self.color = color
        self.isBold = bold
        self.isDim = dim
        self.isReversed = reversed
    }

    public static let plain = TextStyle()
    public static let bold = TextStyle(bold: true)
    public static let dim = TextStyle(dim: true)
    public static let reversed = TextStyle(reversed: true)

    /// The SGR sequence that turns this style on, or nil when there is nothing to turn on.
    ///
    /// Without colour (NO_COLOR) bold, dim and reverse stay: they carry meaning a monochrome screen can show.
    func sequence(colors: Bool) -> String? {
        var codes: [String] = []
        if isBold { codes.append("1") }
        if isDim { codes.append("2") }
        if isReversed { codes.append("7") }
        if colors, let color { codes.append(String(30 + color.rawValue)) }
        return codes.isEmpty ? nil : "\u{1B}[" + codes.joined(separator: ";") + "m"
    }

    static let reset = "\u{1B}[0m"
}
