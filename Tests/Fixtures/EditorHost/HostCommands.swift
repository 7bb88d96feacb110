internal import Glibc
internal import LineEditor

/// What the host does with a line: shows it exactly, or exercises another part of the room.
struct HostCommands {
    let terminal: Terminal
    let history: History
    let end: Announcement

    func run(_ line: String) {
        switch line {
        case "secret": secret()
        case "confirm": answer { try "\(Question(terminal: terminal).confirm("Sure?"))" }
        case "confirm-word":
            answer { try "\(Question(terminal: terminal).answer("Delete all.", asking: "delete") == "delete")" }
        case "ask": answer { try Question(terminal: terminal).line("Name: ") }
        case let line where line.hasPrefix("await "): Self.await(String(line.dropFirst(6)))
        case "await-end": end.wait()
        case "confirm-after-end":
            end.wait()
            answer { try "\(Question(terminal: terminal).confirm("Sure?"))" }
        case let line where line.hasPrefix("lend "): lend(String(line.dropFirst(5)))
        case let line where line.hasPrefix("confirm-after "):
            Self.await(String(line.dropFirst(14)))
            answer { try "\(Question(terminal: terminal).confirm("Sure?"))" }
        case "history": for entry in history.entries { show(entry.line) }
        case "crash": abort()
        case "trap": preconditionFailure("as asked")
        case "exit": exit(0)
        default: show(line)
        }
    }

    /// A command that runs until the writer of this named pipe closes it.
    private static func await(_ path: String) {
        guard let pipe = fopen(path, "r") else { return EditorHost.say("no pipe") }
        while fgetc(pipe) != EOF {}
        fclose(pipe)
    }

    /// Returns while the input is still in other hands, until the writer of the named pipe closes it.
    private func lend(_ path: String) {
        let (terminal, hasBegun) = (terminal, Announcement())
        Task.detached {
            try? terminal.suspendForChild {
                hasBegun.make()
                Self.await(path)
            }
        }
        hasBegun.wait()
    }

    /// `<line>` with line breaks visible; long lines by length and a checksum, which a screen can hold.
    private func show(_ line: String) {
        let flat = line.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\\n")
        guard flat.utf8.count > 200 else { return EditorHost.say("<\(flat)>") }
        let sum = flat.utf8.reduce(UInt64(5381)) { $0 &* 33 &+ UInt64($1) }
        EditorHost.say("<\(flat.unicodeScalars.count) scalars, sum \(sum)>")
    }

    private func answer(_ body: () throws -> String) {
        do {
            EditorHost.say("answer: \(try body())")
        } catch {
            EditorHost.say("refused: \(error)")
        }
    }

    private func secret() {
        let space = UnsafeMutableRawBufferPointer.allocate(byteCount: 64, alignment: 1)
        defer {
            space.initializeMemory(as: UInt8.self, repeating: 0)
            space.deallocate()
        }
        answer { "\(try Question(terminal: terminal).secret("Passphrase: ", into: space)) bytes" }
    }
}
