/// Which of vi's two modes the next key belongs to.
public enum ViState: Equatable, Sendable {
    case insert, command
}

/// Follows vi's modes key by key, for the prompt to show: libedit does not report which one it is in.
///
/// Only what is shown depends on this. A key that was bound elsewhere can mislead it until the next letter, which is in
/// the line or is not, says what is so.
struct ViMode: Equatable {
    private enum Pending: Equatable {
        case nothing
        /// The next key is a character, whatever it is; behind a change it ends in insert mode.
        case character(changes: Bool)
        /// The next key is a motion (`dw`, `cw`).
        case motion(changes: Bool)
    }

    private(set) var state = ViState.insert
    private var pending = Pending.nothing

    /// Whether the key before was not whole: then what the line holds says nothing.
    var isPending: Bool { pending != .nothing }

    /// libedit is handed this key.
    mutating func take(_ key: Unicode.Scalar) {
        switch (state, pending) {
        case (_, .character(let changes)):
            pending = .nothing
            if changes { state = .insert }
        case (.insert, _):
            if key == "\u{1B}" { state = .command }
            if key == "\u{16}" { pending = .character(changes: false) }
        case (.command, .motion(let changes)): move(key, changes)
        case (.command, .nothing): command(key)
        }
    }

    private mutating func command(_ key: Unicode.Scalar) {
        switch key {
        case "i", "I", "a", "A", "s", "S", "C", "R": state = .insert
        case "c": pending = .motion(changes: true)
        case "d", "y": pending = .motion(changes: false)
        case "r", "f", "F", "t", "T", "@": pending = .character(changes: false)
        default: break
        }
    }

    private mutating func move(_ key: Unicode.Scalar, _ changes: Bool) {
        switch key {
        case "1"..."9": return
        case "f", "F", "t", "T": pending = .character(changes: changes)
        case "\u{1B}": pending = .nothing
        default:
            pending = .nothing
            if changes { state = .insert }
        }
    }

    /// What became of a letter that was typed: in insert mode it is in the line.
    mutating func correct(wasInserted: Bool) {
        guard !isPending else { return }
        state = wasInserted ? .insert : .command
    }
}
