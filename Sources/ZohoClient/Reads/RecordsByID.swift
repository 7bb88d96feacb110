internal import ZoshKit

/// Records by id: in the order asked for, as many in a call as the noun allows, each id once.
///
/// A chunk leaves as soon as it is full or the input ends, so ids may still be arriving from a pipe while the first
/// answers are shown. The first chunk travels alone (a reader may want no more), and so does every one for a reader
/// that may want no more than a page; else as many at a time as the governor allows. Answers come out in the order of
/// the ids. What is not an id is never sent: it is missing.
actor RecordsByID: RowSource {
    private let chunks: IDChunks
    private let progress: ProgressMeter
    private let ids: @Sendable () async throws -> [String]?

    private var waiting: ArraySlice<String> = []
    private var asked: Set<String> = []
    private var inputEnded = false
    private var inputError: (any Error)?
    private var feeder: Task<Void, Never>?
    private var underWay: [Task<IDChunks.Answer, any Error>] = []
    private var pulls = 0
    private var demand = Demand.everything
    private var missing: [String] = []

    init(
        _ resource: Resource, ids: @escaping @Sendable () async throws -> [String]?, version: APIVersion,
        caller: CRMCaller,
        progress: ProgressMeter
    ) {
        self.ids = ids
        chunks = IDChunks(resource, version: version, caller: caller)
        self.progress = progress
    }

    deinit {
        feeder?.cancel()
        for task in underWay { task.cancel() }
    }

    func next() async throws -> RowBatch? { try await next(for: .everything) }

    func next(for demand: Demand) async throws -> RowBatch? {
        self.demand = demand
        pulls += 1
        while true {
            feed()
            guard let head = underWay.first else {
                guard let feeder else { break }
                await withTaskCancellationHandler {
                    await feeder.value
                } onCancel: {
                    feeder.cancel()
                }
                continue
            }
            let answer: IDChunks.Answer
            do {
                answer = try await withTaskCancellationHandler {
                    try await head.value
                } onCancel: {
                    head.cancel()
                }
            } catch {
                stop()
                throw error
            }
            underWay.removeFirst()
            missing += answer.missing
            progress.count(rows: answer.rows.count)
            if !answer.rows.isEmpty { return RowBatch(answer.rows) }
        }
        if let inputError {
            self.inputError = nil
            throw inputError
        }
        return nil
    }

    func outcome() -> RowOutcome { RowOutcome(missing: missing) }

    private var allowedWindow: Int { pulls == 1 || demand == .onePage ? 1 : chunks.window }

    private func stop() {
        inputEnded = true
        feeder?.cancel()
        for task in underWay { task.cancel() }
        underWay = []
        waiting = []
    }

    /// Keeps one task pulling input while there is room under way.
    private func feed() {
        guard feeder == nil, underWay.count < allowedWindow, !(inputEnded && waiting.isEmpty) else { return }
        feeder = Task { await fill() }
    }

    private func fill() async {
        while underWay.count < allowedWindow {
            while waiting.count < chunks.size, !inputEnded { await pull() }
            if waiting.isEmpty { break }
            let chunk = Array(waiting.prefix(chunks.size))
            waiting = waiting.dropFirst(chunk.count)
            underWay.append(Task { [chunks] in try await chunks.answer(to: chunk) })
            // A reader that waits for the first chunk of this task need not wait for the next ones.
            if underWay.count == 1 { break }
        }
        feeder = nil
    }

    private func pull() async {
        do {
            guard let more = try await ids() else {
                inputEnded = true
                return
            }
            waiting += more.filter { asked.insert($0).inserted }
        } catch {
            inputEnded = true
            inputError = error is CancellationError ? ZoshError.interrupted : error
        }
    }
}
