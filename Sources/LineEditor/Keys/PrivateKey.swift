internal import CLibedit

/// Keys that cannot be typed, through which this room calls libedit's own commands.
///
/// libedit's built-in commands are not exported; the way to call one is to bind a key to it and push that key.
/// The C1 controls serve: below 256 (above, a key cannot be bound), never printable, and dropped by
/// `KeyReader` when a terminal sends them. `TerminalKey` uses those from 0x90 on.
enum PrivateKey: UInt8, CaseIterable {
    case finishLine = 0x80
    case previousRow, nextRow, lineEnd, nextWord
    /// A paste, which the read hook recognises.
    case paste
    /// Tab, when what it promised has come.
    case complete
    /// Whatever the person has bound to the key just typed.
    case own

    /// The C1 controls: what no terminal can send.
    static let scalars: Range<UInt32> = 0x80..<0xA0

    var scalar: Unicode.Scalar { Unicode.Scalar(rawValue) }

    var command: String {
        switch self {
        case .finishLine: "ed-newline"
        case .previousRow: "ed-prev-line"
        case .nextRow: "ed-next-line"
        case .lineEnd: "ed-move-to-end"
        case .nextWord: "em-next-word"
        case .paste: "zosh-paste"
        case .complete: "zosh-complete"
        case .own: "zosh-refuse"
        }
    }
}

extension EditLine {
    /// Calls a command of libedit by pushing the private key bound to it.
    func perform(_ key: PrivateKey) -> CInt {
        el_wpush(handle, WideText.cells(String(key.scalar)))
        return CC_NORM
    }
}
