internal import CLibcurl
internal import Synchronization
internal import ZoshKit

/// Requests under way and the connections they share, on a thread that lasts a little longer than the last of them.
final class TransferLoop: Sendable {
    /// How many connections one host gets. How many requests are open at once the governor says, by the edition; this
    /// must not say less.
    private static let connections = 25
    /// How long connections stay open with nothing to do; seconds.
    private let idle: Int

    /// A request that waits for the thread.
    struct Arrival: Sendable {
        let id: UInt64
        let order: TransferOrder
        let continuation: CheckedContinuation<HTTPReply, any Error>
    }

    /// What other threads may use of libcurl's loop.
    private struct Waker: Sendable {
        nonisolated(unsafe) let loop: OpaquePointer
    }

    private struct Work {
        var arrivals: [Arrival] = []
        var cancelled: Set<UInt64> = []
        var withdrawn: Set<UInt64> = []
        var isClosing = false
    }

    private struct State: Sendable {
        var last: UInt64 = 0
        var arrivals: [Arrival] = []
        /// Requests whose tasks were cancelled and which are not over yet.
        var cancelled: Set<UInt64> = []
        /// Requests that are not to be sent any more, if they have not left.
        var withdrawn: Set<UInt64> = []
        var isRunning = false
        var isClosing = false
        var closers: [CheckedContinuation<Void, Never>] = []
        /// There while the thread may be asleep.
        var waker: Waker?

        func wake() { if let waker { zosh_loop_wake(waker.loop) } }

        mutating func close() {
            isClosing = true
            // What comes later than this is for the next loop.
            cancelled.formUnion(arrivals.map(\.id))
            wake()
        }

        /// What there is to do: what has arrived, and what of that and of the open requests is to end.
        mutating func takeWork(_ open: [UInt64: Transfer]) -> Work {
            guard !isClosing else { return Work(isClosing: true) }
            defer { arrivals = [] }
            func known(_ ids: Set<UInt64>) -> Set<UInt64> {
                ids.filter { id in open[id] != nil || arrivals.contains { $0.id == id } }
            }
            let work = Work(arrivals: arrivals, cancelled: known(cancelled), withdrawn: known(withdrawn))
            cancelled.subtract(work.cancelled)
            withdrawn.subtract(work.withdrawn)
            return work
        }
    }

    private let state = Mutex(State())

    /// - Parameter idle: how long connections stay open with nothing to do; seconds.
    init(idle: Int) { self.idle = idle }

    /// - Throws: `TransferFailure`, `DeadlineExceeded`, `Withdrawn`, or `CancellationError` when the task is cancelled
    ///   or the loop is closed meanwhile.
    func perform(_ order: TransferOrder) async throws -> HTTPReply {
        let id = state.withLock { state in
            state.last += 1
            return state.last
        }
        defer {
            state.withLock { state in
                state.cancelled.remove(id)
                state.withdrawn.remove(id)
            }
        }
        guard let withdrawal = Withdrawal.current else { return try await perform(order, as: id) }
        return try await withdrawal.watching {
            self.state.withLock { state in
                state.withdrawn.insert(id)
                state.wake()
            }
        } _: {
            try await perform(order, as: id)
        }
    }

    private func perform(_ order: TransferOrder, as id: UInt64) async throws -> HTTPReply {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                add(Arrival(id: id, order: order, continuation: continuation))
            }
        } onCancel: {
            state.withLock { state in
                state.cancelled.insert(id)
                state.wake()
            }
        }
    }

    /// Ends all requests and closes all connections. A later request opens new ones.
    func close() async {
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                guard state.isRunning else { return true }
                state.closers.append(continuation)
                state.close()
                return false
            }
            if isIdle { continuation.resume() }
        }
    }

    /// The same, without waiting for it.
    func beginClosing() {
        state.withLock { if $0.isRunning { $0.close() } }
    }

    private func add(_ arrival: Arrival) {
        let mustStart = state.withLock { state in
            state.arrivals.append(arrival)
            state.wake()
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if mustStart, !startThread() { fail("no thread can be started") }
    }

    private func startThread() -> Bool {
        let kept = Unmanaged.passRetained(self)
        let isStarted = zosh_thread_start(
            { Unmanaged<TransferLoop>.fromOpaque($0).takeRetainedValue().run() }, kept.toOpaque())
        if !isStarted { kept.release() }
        return isStarted
    }

    /// Ends what waits for a thread that cannot do it.
    private func fail(_ problem: String) {
        let (arrivals, closers) = state.withLock { state in
            defer { state = State(last: state.last) }
            return (state.arrivals, state.closers)
        }
        for arrival in arrivals { arrival.continuation.resume(throwing: TransferFailure(.noLibrary(problem))) }
        for closer in closers { closer.resume() }
    }

    private func run() {
        if let problem = zosh_curl_load() { return fail(String(cString: problem)) }
        repeat {
            guard let loop = zosh_loop_new(Self.connections, idle) else { return fail("no descriptor is left") }
            state.withLock { $0.waker = Waker(loop: loop) }
            serve(loop)
            state.withLock { $0.waker = nil }
            zosh_loop_free(loop)
        } while !stop()
    }

    /// Does what there is to do until it is closed or has been idle.
    private func serve(_ loop: OpaquePointer) {
        var open: [UInt64: Transfer] = [:]
        var lastUse = ContinuousClock.now
        while true {
            let work = state.withLock { $0.takeWork(open) }
            for id in work.cancelled { open.removeValue(forKey: id)?.end(.failure(CancellationError())) }
            for id in work.withdrawn where open[id]?.mayHaveLeft == false {
                open.removeValue(forKey: id)?.end(.failure(Withdrawn()))
            }
            guard !work.isClosing else {
                for transfer in open.values { transfer.end(.failure(CancellationError())) }
                return
            }
            for arrival in work.arrivals {
                let transfer = Transfer(arrival)
                if work.cancelled.contains(transfer.id) {
                    transfer.end(.failure(CancellationError()))
                } else if work.withdrawn.contains(transfer.id) {
                    transfer.end(.failure(Withdrawn()))
                } else if transfer.begin(in: loop) {
                    open[transfer.id] = transfer
                } else {
                    transfer.end(.failure(TransferFailure(.noLibrary("no memory is left"))))
                }
            }
            zosh_loop_run(loop)
            while let ended = zosh_loop_next(loop) { open.removeValue(forKey: Transfer.of(ended).id)?.finish() }
            if !open.isEmpty {
                lastUse = .now
            } else if ContinuousClock.now - lastUse >= .seconds(idle) {
                return
            }
            zosh_loop_wait(loop, CInt(idle) * 1000)
        }
    }

    /// Lets the thread end unless there is work again.
    private func stop() -> Bool {
        let (isOver, closers) = state.withLock { state in
            state.isRunning = !state.arrivals.isEmpty
            state.isClosing = false
            defer { state.closers = [] }
            return (!state.isRunning, state.closers)
        }
        for closer in closers { closer.resume() }
        return isOver
    }
}
