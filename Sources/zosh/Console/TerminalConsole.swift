import CLinux
import Glibc
import LineEditor
import ZoshKit
import ZoshTrust

/// Questions to the person at the terminal; without one, secrets come from standard input and nothing is confirmed.
struct TerminalConsole: SecretPrompt {
    let narrator: Narrator
    /// Nil when no question can be asked.
    let terminal: Terminal?
    /// False when standard input is the script itself.
    let inputIsFree: Bool
    private let queue = BlockingQueue("zosh.questions")
    /// Columns one target of a question takes at most: a stranger's name must not push the others off the screen.
    private static let detail = 400

    init(narrator: Narrator, terminal: Terminal?, inputIsFree: Bool) {
        self.narrator = narrator
        self.terminal = terminal
        self.inputIsFree = inputIsFree
    }

    func note(_ text: String) {
        narrator.say(
            text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).neutralised }.joined(
                separator: "\n"))
    }

    func askSecret(_ prompt: String) async throws -> Secret {
        guard let terminal else { return try await fromStandardInput(prompt) }
        narrator.pause()
        return try await asking {
            let space = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 1)
            defer {
                if let base = space.baseAddress { zosh_wipe(base, space.count) }
                space.deallocate()
            }
            let count = try Self.question(terminal).secret(prompt, into: space)
            return Secret(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(space).prefix(count)))
        }
    }

    func ask(_ prompt: String) async throws -> String {
        guard let terminal else {
            let answer = try await line(prompt)
            guard let text = String(validating: answer, as: UTF8.self) else {
                throw NotText.error(
                    answer, "the answer on standard input", remedy: NotText.conversion(of: answer))
            }
            return text
        }
        narrator.pause()
        return try await asking { try Self.question(terminal).line(prompt) }
    }

    func confirm(_ question: Confirmation) async throws -> Bool {
        guard let terminal else { return false }
        narrator.pause()
        for line in question.details { narrator.say("  " + line.brief(Self.detail)) }
        return try await asking {
            let asker = Self.question(terminal)
            do {
                if let word = question.word {
                    let answer = try asker.answer(question.question, asking: word)
                    return try question.isConfirmed(typing: answer, for: word)
                }
                return try asker.confirm(question.question)
            } catch Question.Failure.cancelled, Question.Failure.endOfInput {
                // Who leaves a question without an answer has said no.
                return false
            }
        }
    }

    /// One that is broken between words.
    private static func question(_ terminal: Terminal) -> Question {
        Question(terminal: terminal) { $0.wrapped(to: $1) }
    }

    private func asking<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
        defer { narrator.resume() }
        do { return try await queue.run(body) } catch let failure as Question.Failure {
            switch failure {
            case .cancelled, .ended: throw ZoshError(.cancelled, failure.description)
            // The line was no mistake, so nothing of it is pointed at.
            case .endOfInput: throw ZoshError(.declined, "No answer was given")
            case .noTerminal, .tooLong: throw ZoshError(.local, failure.description)
            }
        }
    }

    private func fromStandardInput(_ prompt: String) async throws -> Secret {
        var bytes = try await line(prompt)
        defer { bytes.withUnsafeMutableBytes { if let base = $0.baseAddress { zosh_wipe(base, $0.count) } } }
        return Secret(bytes)
    }

    /// Bytes; a token has fewer than a hundred.
    private static let longestAnswer = 65_536

    /// One line of standard input, which nothing else reads.
    private func line(_ prompt: String) async throws -> [UInt8] {
        guard inputIsFree else {
            throw ZoshError(
                .usage, "this command wants standard input, which is the script itself",
                remedy: "put the script in a file: zosh -f FILE")
        }
        return try await queue.run {
            var bytes: [UInt8] = []
            var byte: UInt8 = 0
            while true {
                let count = read(0, &byte, 1)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { throw StandardInput.unreadable(errno) }
                guard count == 1, byte != 0x0A else { break }
                bytes.append(byte)
                guard bytes.count <= Self.longestAnswer else {
                    throw ZoshError(
                        .usage, "the first line of standard input is longer than any answer to '\(prompt)'",
                        remedy: "pipe in one line that holds nothing else")
                }
            }
            if bytes.last == 0x0D { bytes.removeLast() }
            guard !bytes.isEmpty else {
                throw ZoshError(
                    .usage, "standard input holds no answer to '\(prompt)'",
                    remedy: "pipe it in, or run zosh at a terminal")
            }
            return bytes
        }
    }
}
