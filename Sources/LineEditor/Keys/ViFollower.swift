/// Which mode of vi the next key belongs to, worked out from the keys libedit gets and from what they do to the line.
struct ViFollower {
    private let editLine: EditLine
    private var mode = ViMode()
    /// The mode the prompt shows.
    private var drawn: ViState?
    /// The letter handed out last, how long the line was then, and whether it should have gone into it.
    private var lastLetter: (scalar: Unicode.Scalar, count: Int, isTyped: Bool)?

    init(editLine: EditLine) {
        self.editLine = editLine
    }

    var state: ViState { mode.state }

    /// Whether the prompt shows another mode than the one we are in.
    var isModeNew: Bool { editLine.isVi && drawn != mode.state }

    /// A new line: it begins in insert mode.
    mutating func begin() {
        mode = ViMode()
        lastLetter = nil
    }

    /// The mode for the prompt that is drawn now; nil in emacs mode.
    mutating func stateToDraw() -> ViState? {
        drawn = editLine.isVi ? mode.state : nil
        return drawn
    }

    /// Notes which mode of vi the letter before has left us in.
    mutating func follow() {
        guard editLine.isVi, let (letter, count, isTyped) = lastLetter else { return }
        lastLetter = nil
        let buffer = editLine.buffer
        let cursor = buffer.cursor
        let wasInserted = buffer.count == count + 1 && cursor > 0 && buffer.scalars[cursor - 1] == letter
        if wasInserted || isTyped && buffer.count == count { mode.correct(wasInserted: wasInserted) }
    }

    /// What libedit is about to get.
    mutating func take(_ key: Unicode.Scalar) {
        guard editLine.isVi else { return }
        let (isTyped, isPending) = (mode.state == .insert, mode.isPending)
        mode.take(key)
        let isLetter = key.value >= 0x20 && key.value != 0x7F && !PrivateKey.scalars.contains(key.value)
        lastLetter = isLetter && !isPending ? (key, editLine.buffer.count, isTyped) : nil
    }
}
