internal import ZoshKit

/// `!prog …`: another program as a source of rows, behind a pipe, or both. It is given rows as NDJSON.
///
/// The program starts with the first pull. Rows are written to it by a separate task while its output is read, so
/// that neither side waits for the other for ever; a program that stops reading (`head`) ends the writing quietly.
actor ExternalProgram: RowSource {
    /// What each word after `!` is bound as.
    static let word = Argument("word", .string, .oneOrMore, "The program and its arguments").parameter

    private let words: [String]
    private let input: RowStream?
    private let starter: any ProgramStarting
    private var output: ProgramOutput
    private var program: (any RunningProgram)?
    private var feeder: Task<Void, any Error>?
    private var hasPrintedAll = false
    private var isOver = false

    /// - Parameter readsRows: whether what it prints is read as rows, or kept as lines of text.
    init(_ words: [String], input: RowStream?, _ starter: any ProgramStarting, readsRows: Bool) {
        self.words = words
        self.input = input
        self.starter = starter
        output = ProgramOutput(program: words.first ?? "", readsRows: readsRows)
    }

    deinit {
        feeder?.cancel()
        program?.stop()
    }

    func next() async throws -> RowBatch? {
        if isOver { return nil }
        let program = try started()
        while !hasPrintedAll {
            let bytes = try await withTaskCancellationHandler {
                try await program.read()
            } onCancel: {
                program.stop()
            }
            try Task.checkCancellation()
            hasPrintedAll = bytes.isEmpty
            let rows = hasPrintedAll ? try output.end() : try output.take(bytes)
            if !rows.isEmpty { return RowBatch(rows) }
        }
        isOver = true
        try await finish(program)
        return nil
    }

    func outcome() async -> RowOutcome { await input?.outcome() ?? RowOutcome() }

    private func started() throws -> any RunningProgram {
        if let program { return program }
        let program = try starter.start(words, hasInput: input != nil)
        self.program = program
        if let input { feeder = Task { try await Self.feed(program, input) } }
        return program
    }

    private static func feed(_ program: any RunningProgram, _ input: RowStream) async throws {
        do {
            var writer = JSONWriter()
            while let batch = try await input.next() {
                for row in batch.rows {
                    writer.write(row)
                    writer.write(raw: "\n")
                }
                guard try await program.write(writer.drain()) else { break }
            }
        } catch {
            // Half of the rows must not look like all of them.
            program.stop()
            throw error
        }
        await program.closeInput()
    }

    /// An error of the rows it was given comes before its own.
    private func finish(_ program: any RunningProgram) async throws {
        try await feeder?.value
        let status = await program.end()
        guard status == 0 else {
            throw ZoshError(.local, "'\(words.first ?? "")' ended with status \(status)")
        }
    }
}
