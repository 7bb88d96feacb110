/// Puts together the keys that arrive as sequences, and knows what the person has bound to them.
struct KeyCollector {
    private let keys: KeyReader
    private let editLine: EditLine
    /// How long Esc waits for the rest of a key, in milliseconds: then it was Esc alone, which means nothing in emacs
    /// mode.
    private let escapePatience: CInt
    /// What the person's own bindings call, by what is typed.
    var ownKeys: [[Unicode.Scalar]: String] = [:]
    /// A key of which the rest has not come yet.
    private var sequence: KeySequence?
    /// Whether an Esc that nothing followed was forgotten, and no other key came since.
    private var hasForgottenEscape = false
    /// The key handed out last, if it is one that cannot be typed.
    private var privateKey: Unicode.Scalar?

    init(keys: KeyReader, editLine: EditLine, escapePatience: CInt) {
        self.keys = keys
        self.editLine = editLine
        self.escapePatience = escapePatience
    }

    mutating func begin() {
        sequence = nil
        hasForgottenEscape = false
    }

    /// How long to wait for the next key: a lone ESC is a key in vi mode, and one that nothing follows means nothing in
    /// emacs mode, where the Return typed behind it must run the line.
    var patience: CInt {
        guard let sequence else { return -1 }
        if editLine.isVi { return sequence.patience }
        return sequence.scalars.count == 1 ? escapePatience : -1
    }

    /// What libedit gets for this scalar; nil while a sequence is unfinished, and for one that means nothing.
    mutating func take(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        guard var current = sequence else {
            guard scalar == "\u{1B}" else { return scalar }
            hasForgottenEscape = false
            sequence = KeySequence()
            return nil
        }
        switch current.take(scalar) {
        case .more:
            sequence = current
            return nil
        case .broken:
            sequence = nil
            return take(scalar)
        // Another sequence begins: with Alt, some terminals send two.
        case .complete where scalar == "\u{1B}" && !editLine.isVi && ownKeys[current.scalars] == nil:
            sequence = KeySequence()
            return nil
        case .complete:
            sequence = nil
            return key(for: current)
        }
    }

    /// Nothing more came in time: what libedit gets for the part that did, if anything.
    mutating func giveUp() -> Unicode.Scalar? {
        guard let unfinished = sequence else { return nil }
        sequence = nil
        if editLine.isVi { return handOut(unfinished) }
        hasForgottenEscape = true
        return nil
    }

    /// A paste came. What came before it was the beginning of its mark, also behind an Esc that was forgotten.
    mutating func dropBeginningOfMark() {
        sequence = nil
        let mark = PasteMark.begin.dropFirst().dropLast()
        let buffer = editLine.buffer
        let cursor = buffer.cursor
        guard hasForgottenEscape, cursor >= mark.count, buffer.scalars[cursor - mark.count..<cursor].elementsEqual(mark)
        else { return }
        buffer.replace(cursor - mark.count..<cursor, with: "")
        hasForgottenEscape = false
    }

    /// Notes what libedit is about to get.
    mutating func handedOut(_ key: Unicode.Scalar) {
        privateKey = PrivateKey.scalars.contains(key.value) ? key : nil
    }

    /// A private key that a function took for the character it waited for (Ctrl-V, vi's `r`) is not text and leaves the
    /// line; what it stood for, if that was a paste, comes again.
    func reclaimed() -> Unicode.Scalar? {
        let buffer = editLine.buffer
        guard let key = privateKey, let place = buffer.scalars.firstIndex(of: key) else { return nil }
        buffer.replace(place..<place + 1, with: "")
        return PrivateKey.paste.scalar
    }

    /// What libedit gets for a whole sequence. In vi mode that is one private key; elsewhere its own bindings find it.
    private func key(for whole: KeySequence) -> Unicode.Scalar? {
        let own = ownKeys[whole.scalars]
        let standard = TerminalKey.key(for: whole.scalars)
        if editLine.isVi, let own {
            Binding.bind(String(PrivateKey.own.scalar), own, editLine.handle, true)
            return PrivateKey.own.scalar
        }
        if editLine.isVi, let standard { return standard }
        if whole.isFunctionKey, own == nil, standard == nil { return nil }
        return handOut(whole)
    }

    /// Hands libedit the scalars as they came.
    private func handOut(_ sequence: KeySequence) -> Unicode.Scalar {
        keys.pushBack(Array(sequence.scalars.dropFirst()))
        return "\u{1B}"
    }
}
