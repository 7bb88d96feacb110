/// The keys of a menu: what is typed while something other than the line takes it.
struct MenuKeys {
    private let keys: KeyReader
    private let screen: LineScreen

    init(keys: KeyReader, screen: LineScreen) {
        self.keys = keys
        self.screen = screen
    }

    /// The next key for a menu. Notices stay in their box meanwhile; a resize is answered here, anything else that
    /// wakes us is handed back for the read hook and reported as `elsewhere`.
    func next() -> EditKey {
        while true {
            switch keys.next() {
            case .scalar("\u{1B}"): return afterEscape()
            case .scalar(let scalar): return EditKey(scalar)
            case .paste(let text): return leave(with: text)
            case .silence: continue
            case .end: return .elsewhere
            case .woken: if let key = takeWakingKey() { return key }
            }
        }
    }

    private func takeWakingKey() -> EditKey? {
        let signals = screen.terminal.takeSignals()
        if signals == [.resize] {
            screen.resized()
            return .resized
        }
        for signal in signals { screen.terminal.deliver(signal) }
        return signals.isEmpty ? nil : .elsewhere
    }

    private func afterEscape() -> EditKey {
        var sequence = KeySequence()
        while true {
            switch keys.next(within: sequence.patience) {
            case .paste(let text): return leave(with: text)
            case .scalar(let scalar):
                switch sequence.take(scalar) {
                case .more: continue
                case .complete where sequence.isFunctionKey: return sequence.editKey
                case .complete, .broken:
                    keys.pushBack([scalar])
                    return .escape
                }
            case .woken:
                guard let key = takeWakingKey() else { continue }
                // The rest of the key is still to come, and is not to be taken for text.
                if case .resized = key { keys.pushBack(sequence.scalars) }
                return key
            case .silence, .end: return sequence.isFunctionKey ? .unknown : .escape
            }
        }
    }

    /// A paste is meant for the line: the menu closes and the read hook hands the paste on.
    private func leave(with text: String) -> EditKey {
        keys.waitingPaste = text
        keys.pushBack([PrivateKey.paste.scalar])
        return .elsewhere
    }
}
