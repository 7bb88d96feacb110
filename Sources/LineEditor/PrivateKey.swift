/// Keys nobody can type, through which this room calls libedit's own commands and its own.
///
/// libedit's built-in commands are not exported; the way to call one is to bind a key to it and push that key.
/// The C1 controls serve: below 256 (above, a key cannot be bound), never printable, and dropped by
/// `KeyReader` when a terminal sends them.
enum PrivateKey: UInt32, CaseIterable {
    case finishLine = 0x80
    case previousRow, nextRow, lineEnd, nextWord, deleteForward, previousCharacter
    case paste, up, down, right, left, home, end, optionRight, optionReturn, delete, wordLeft, wordRight

    var scalar: Unicode.Scalar { Unicode.Scalar(UInt8(rawValue)) }
    var cells: [Int32] { [Int32(bitPattern: rawValue), 0] }

    /// The command of libedit behind the key; nil for keys that stand for one of this room's functions.
    var builtIn: String? {
        switch self {
        case .finishLine: "ed-newline"
        case .previousRow: "ed-prev-line"
        case .nextRow: "ed-next-line"
        case .lineEnd: "ed-move-to-end"
        case .nextWord: "em-next-word"
        case .deleteForward: "ed-delete-next-char"
        case .previousCharacter, .left: "ed-prev-char"
        case .home: "ed-move-to-beg"
        case .wordLeft: "ed-prev-word"
        case .wordRight: "em-next-word"
        case .paste, .up, .down, .right, .end, .optionRight, .optionReturn, .delete: nil
        }
    }
}
