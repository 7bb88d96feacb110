import Glibc
import LineEditor
import ZoshCore
import ZoshKit

/// Shows results longer than the terminal through `$PAGER`, as psql and git do: a screenful or less is written plainly.
struct Pager: Sendable {
    let terminal: Terminal
    let running: RunningLine

    /// Rows of the screen.
    var height: Int { terminal.size.rows }

    /// Passes `body` a sink, and returns when the user has left the pager.
    ///
    /// Leaving early ends the reading without an error.
    /// - Parameter command: what `set pager` says; nil is the machine's own.
    func page(
        _ command: String?, _ output: any ByteSink, _ narrator: Narrator, _ body: (any ByteSink) async throws -> Void
    ) async throws {
        let program = PagerProgram(command)
        // Where there is none, all of it is written plainly.
        guard program.exists else {
            if program.wasChosen {
                narrator.say("There is no pager '\(program.command.neutralised)'; set pager off, or another one")
            }
            return try await body(output)
        }
        let sink = PagedOutput(output, size: terminal.size) { [self] in
            // What was typed ahead is the shell's: a pager would take it for its own commands.
            guard !terminal.hasInputWaiting else { return nil }
            narrator.leaveScreen()
            return try PagerProcess(program.words, terminal, running)
        }
        defer { narrator.takeScreen() }
        do {
            try await body(sink)
        } catch {
            await sink.close()
            if await sink.wasLeft { return }
            throw error
        }
        await sink.close()
        if let failure = await sink.failure { throw failure }
    }
}

/// Holds a screenful back; what exceeds it goes to the pager.
private actor PagedOutput: ByteSink {
    private let output: any ByteSink
    private let size: Terminal.Size
    private let start: @Sendable () throws -> PagerProcess?
    private var held: [UInt8] = []
    private var linesHeld = 0
    private var pager: PagerProcess?
    private var isPlain = false
    private(set) var wasLeft = false
    private(set) var failure: (any Error)?

    init(_ output: any ByteSink, size: Terminal.Size, start: @escaping @Sendable () throws -> PagerProcess?) {
        (self.output, self.size, self.start) = (output, size, start)
    }

    func write(_ bytes: [UInt8]) async throws {
        if let pager { return try await send(bytes, to: pager) }
        if isPlain { return try await output.write(bytes) }
        held += bytes
        linesHeld += bytes.count { $0 == UInt8(ascii: "\n") }
        // Long lines of JSON take several rows each.
        guard max(linesHeld, held.count / max(1, size.columns * 4)) >= size.rows else { return }
        defer { held = [] }
        guard let pager = try start() else {
            isPlain = true
            return try await output.write(held)
        }
        self.pager = pager
        try await send(held, to: pager)
    }

    private func send(_ bytes: [UInt8], to pager: PagerProcess) async throws {
        guard await pager.write(bytes) else {
            wasLeft = true
            throw ZoshError(.cancelled, "the pager was left")
        }
    }

    /// Writes what was held back, or waits until the pager is left.
    func close() async {
        if let pager { return await pager.end() }
        do { try await output.write(held) } catch { failure = error }
        held = []
    }
}
