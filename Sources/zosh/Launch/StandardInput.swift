import Glibc
import ZoshCore

/// Lines of standard input, read as they come, off the cooperative pool.
actor StandardInput: LineReading {
    private let queue = BlockingQueue("zosh.input")
    private var pending: [UInt8] = []
    private var isAtEnd = false

    nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    func next() -> String? {
        while true {
            if let end = pending.firstIndex(of: 0x0A) {
                defer { pending.removeFirst(end + 1) }
                return String(decoding: pending[..<end], as: UTF8.self)
            }
            if isAtEnd {
                guard !pending.isEmpty else { return nil }
                defer { pending = [] }
                return String(decoding: pending, as: UTF8.self)
            }
            var chunk = [UInt8](repeating: 0, count: 65_536)
            let count = read(0, &chunk, chunk.count)
            if count > 0 { pending += chunk[..<count] } else if count == 0 || errno != EINTR { isAtEnd = true }
        }
    }
}
