internal import Dispatch
internal import Glibc

/// SIGTERM and SIGINT as something to wait for.
///
/// The default action of both is switched off when this is made, so that a signal that comes while
/// the emulator starts is not lost.
struct StopSignals {
    private let arrived: AsyncStream<Void>
    private let sources: [any DispatchSourceSignal]

    init() {
        let (arrived, arrival) = AsyncStream.makeStream(of: Void.self)
        self.arrived = arrived
        sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { arrival.yield() }
            source.activate()
            return source
        }
    }

    /// Returns when the first of them arrives.
    func first() async {
        for await _ in arrived { return }
    }
}
