/// A key as a menu understands it, whatever bytes the terminal sent for it.
enum EditKey: Equatable {
    case text(Unicode.Scalar)
    /// Ctrl and this letter, upper case.
    case control(Character)
    case enter, tab, backTab, escape, backspace
    case up, down, left, right, pageUp, pageDown, home, end
    /// The terminal has another size; the line stands again.
    case resized
    /// Something the editor itself must see to (a signal, a resize), or the end of the input.
    case elsewhere
    /// A sequence that means nothing here.
    case unknown

    /// - Parameter parameters: what stood between `ESC [` (or `ESC O`) and `final`.
    init(final: Unicode.Scalar, parameters: String) {
        switch (final, parameters) {
        case ("A", _): self = .up
        case ("B", _): self = .down
        case ("C", _): self = .right
        case ("D", _): self = .left
        case ("H", _), ("~", "1"), ("~", "7"): self = .home
        case ("F", _), ("~", "4"), ("~", "8"): self = .end
        case ("Z", _): self = .backTab
        case ("~", "5"): self = .pageUp
        case ("~", "6"): self = .pageDown
        default: self = .unknown
        }
    }

    init(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x0D, 0x0A: self = .enter
        case 0x09: self = .tab
        case 0x08, 0x7F: self = .backspace
        case 0x01...0x1A: self = .control(Character(Unicode.Scalar(UInt8(scalar.value + 0x40))))
        case 0..<0x20: self = .unknown
        default: self = .text(scalar)
        }
    }
}
