extension Editor {
    /// How long a lone ESC waits for the rest of a key's sequence.
    static let escapeMilliseconds: Int32 = 25

    /// The next key for a menu. Notices stay in their box meanwhile; anything else that wakes us is handed back
    /// for the read hook and reported as `elsewhere`.
    func nextEditKey() -> EditKey {
        while true {
            switch keys.next() {
            case .scalar("\u{1B}"): return afterEscape()
            case .scalar(let scalar): return EditKey(scalar)
            case .paste(let text): return leave(with: text)
            case .silence: continue
            case .end: return .elsewhere
            case .woken:
                let signals = terminal.takeSignals()
                for signal in signals { terminal.deliver(signal) }
                if !signals.isEmpty { return .elsewhere }
            }
        }
    }

    private func afterEscape() -> EditKey {
        guard case .scalar(let second) = keys.next(within: Self.escapeMilliseconds) else { return .escape }
        guard second == "[" || second == "O" else {
            keys.pushBack([second])
            return .escape
        }
        var parameters = ""
        while true {
            switch keys.next(within: 1000) {
            case .paste(let text): return leave(with: text)
            case .scalar(let scalar):
                if (0x40...0x7E).contains(scalar.value) { return EditKey(final: scalar, parameters: parameters) }
                parameters.unicodeScalars.append(scalar)
            case .woken, .silence, .end: return .unknown
            }
        }
    }

    /// A paste is meant for the line: the menu closes and the read hook hands the paste on.
    private func leave(with text: String) -> EditKey {
        pasted = text
        keys.pushBack([PrivateKey.paste.scalar])
        return .elsewhere
    }
}
