internal import Glibc

/// Asks one thing in the middle of a command: a line, a secret, a yes.
///
/// It bypasses libedit: there is no history, no completion and, for secrets, no echo and no copy. What was typed before
/// the question showed is forgotten, so that no key answers a question before it was read.
public struct Question: Sendable {
    public enum Failure: Error, Equatable, CustomStringConvertible {
        /// Ctrl-C.
        case cancelled
        /// The process is asked to end.
        case ended
        /// The input ended before an answer.
        case endOfInput
        /// Input is not a terminal, or the question would not be seen.
        case noTerminal
        /// The secret is longer than the space given for it.
        case tooLong

        public var description: String {
            switch self {
            case .cancelled, .ended: "cancelled"
            case .endOfInput: "no answer: the input ended"
            case .noTerminal: "there is no terminal to ask on"
            case .tooLong: "the answer is too long"
            }
        }
    }

    let terminal: Terminal
    /// The lines of a question that is longer than the screen is wide.
    private let breaking: @Sendable (_ text: String, _ columns: Int) -> [String]

    /// - Parameter breaking: where a long question may be broken; without it, where the screen ends.
    public init(
        terminal: Terminal,
        breaking: @escaping @Sendable (_ text: String, _ columns: Int) -> [String] = { text, _ in [text] }
    ) {
        self.terminal = terminal
        self.breaking = breaking
    }

    /// A question as it is shown.
    private func shown(_ prompt: String) -> String {
        breaking(ColumnWidth.neutral(prompt), terminal.size.columns).joined(separator: "\n")
    }

    /// True when a person can be asked.
    public var isPossible: Bool { terminal.questionOutput >= 0 }

    /// One line, edited with the terminal's own erase keys. Control characters in `prompt` are neutralised.
    ///
    /// A paste is text of the answer as long as it is one line; several are refused, and so is an answer that arrived
    /// together with more: the rest would run as commands.
    public func line(_ prompt: String) throws -> String {
        guard isPossible else { throw Failure.noTerminal }
        return try alone {
            try terminal.modes.found {
                terminal.modes.setQuiet(keepingSignals: true)
                terminal.modes.setBracketedPaste(terminal.isEditable)
                tcflush(terminal.input, TCIFLUSH)
                return try AnswerReader(terminal: terminal, prompt: shown(prompt)).read()
            }
        }
    }

    /// Yes or no; anything but `y` or `yes` is no.
    public func confirm(_ prompt: String) throws -> Bool {
        let answer = try line(prompt + " [y/N] ").lowercased()
        return answer == "y" || answer == "yes"
    }

    /// What is typed where a word is asked for: for what cannot be undone.
    public func answer(_ prompt: String, asking word: String) throws -> String {
        try line(prompt + " Type \(word) to continue: ")
    }

    /// Reads a secret without echo straight into `space` and returns how many bytes it took.
    ///
    /// The caller owns the bytes and wipes them, also after an error; nothing here keeps a copy.
    public func secret(_ prompt: String, into space: UnsafeMutableRawBufferPointer) throws -> Int {
        guard isPossible else { throw Failure.noTerminal }
        return try alone {
            // Quiet before the prompt shows: what is typed at once must not be echoed.
            try terminal.modes.found {
                terminal.modes.setQuiet(keepingSignals: false)
                tcflush(terminal.input, TCIFLUSH)
                if terminal.endingSignal != nil { throw Failure.ended }
                terminal.write(shown(prompt), to: terminal.questionOutput)
                defer { terminal.write("\n", to: terminal.questionOutput) }
                return try readSecret(prompt, into: space)
            }
        }
    }

    /// Holds the input for one question. While it does, an interrupt is heard by nothing else: what came before is
    /// forgotten first, and one that came as the answer was being taken counts after all.
    private func alone<Answer>(_ body: () throws -> Answer) throws -> Answer {
        if terminal.forgetSignals() != nil { throw Failure.ended }
        let answer = try terminal.withInput(for: .question, body)
        if terminal.takeInterrupt() { throw Failure.cancelled }
        return answer
    }

    private func readSecret(_ prompt: String, into space: UnsafeMutableRawBufferPointer) throws -> Int {
        var entry = SecretEntry(space: space)
        while let byte = try nextByte(after: prompt) {
            switch entry.take(byte) {
            case .more: continue
            case .done:
                terminal.dropBurst()
                return entry.count
            case .cancelled:
                terminal.countInterruption()
                throw Failure.cancelled
            case .ended: throw Failure.endOfInput
            case .full: throw Failure.tooLong
            }
        }
        guard entry.count > 0 else { throw Failure.endOfInput }
        return entry.count
    }

    /// The next byte typed; nil at the end of the input.
    private func nextByte(after prompt: String) throws -> UInt8? {
        while true {
            var doors = [
                pollfd(fd: terminal.input, events: Int16(POLLIN), revents: 0),
                pollfd(fd: terminal.wakePipe.readEnd, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&doors, 2, -1) > 0 else { continue }
            if doors[1].revents != 0 {
                let signals = terminal.takeSignals()
                if signals.ending != nil { throw Failure.ended }
                if signals.contains(.interrupt) { throw Failure.cancelled }
                if signals.contains(.suspend) {
                    terminal.stopAtQuestion()
                    terminal.write(shown(prompt), to: terminal.questionOutput)
                }
            }
            guard doors[0].revents != 0 else { continue }
            var byte: UInt8 = 0
            let count = read(terminal.input, &byte, 1)
            if count == 1 { return byte }
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            return nil
        }
    }
}
