/// Reads the answer to one question, key by key: only so can a paste be distinguished from typing.
struct AnswerReader {
    private let terminal: Terminal
    /// As it is shown.
    private let prompt: String
    private let keys: KeyReader
    private var answer: AnswerEntry
    private var sequence: KeySequence?
    /// Between our own stop and the signal that says it is over.
    private var hasStoppedItself = false

    init(terminal: Terminal, prompt: String) {
        self.terminal = terminal
        self.prompt = prompt
        keys = KeyReader(terminal: terminal)
        answer = AnswerEntry(keys: terminal.modes.editingKeys)
    }

    consuming func read() throws -> String {
        if terminal.endingSignal != nil { throw Question.Failure.ended }
        show()
        while true {
            switch keys.next(within: sequence?.patience ?? -1) {
            case .scalar(let scalar):
                guard let key = outsideSequences(scalar) else { continue }
                switch answer.take(key) {
                case .more(let shown): write(shown)
                case .ended:
                    write("\n")
                    throw Question.Failure.endOfInput
                case .done:
                    write("\n")
                    if !keys.isInputWaiting { return answer.text }
                    terminal.dropBurst()
                    askAgain()
                }
            case .paste(let text):
                sequence = nil
                // A line copied with its end is that line; only Enter gives the answer.
                let line = text.last == "\n" ? String(text.dropLast()) : text
                if line.contains("\n") {
                    write("\n")
                    askAgain()
                } else {
                    write(answer.insert(line))
                }
            case .silence: sequence = nil
            case .woken: try handleSignals()
            case .end:
                write("\n")
                throw Question.Failure.endOfInput
            }
        }
    }

    /// Keys that are not text mean nothing in an answer; nil for a part of one.
    private mutating func outsideSequences(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        guard var current = sequence else {
            guard scalar == "\u{1B}" else { return scalar }
            sequence = KeySequence()
            return nil
        }
        switch current.take(scalar) {
        case .more: sequence = current
        case .complete: sequence = nil
        case .broken:
            sequence = nil
            return outsideSequences(scalar)
        }
        return nil
    }

    private mutating func askAgain() {
        write("please answer with one line\n")
        answer.clear()
        show()
    }

    private mutating func handleSignals() throws {
        let signals = terminal.takeSignals()
        if signals.contains(.interrupt) || signals.ending != nil {
            // Half an answer must not be read by the next reader.
            terminal.forgetInput()
            write(signals.contains(.interrupt) ? "^C\n" : "\n")
            throw signals.ending == nil ? Question.Failure.cancelled : .ended
        }
        if signals.contains(.suspend) {
            hasStoppedItself = true
            terminal.stopAtQuestion()
            show()
        }
        if signals.contains(.resume) {
            if !hasStoppedItself { show() }
            hasStoppedItself = false
        }
    }

    private func show() {
        write(prompt + ColumnWidth.neutral(answer.text))
    }

    private func write(_ text: String) {
        terminal.write(text, to: terminal.questionOutput)
    }
}
