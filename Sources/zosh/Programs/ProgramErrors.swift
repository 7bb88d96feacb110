import Glibc
import ZoshKit

/// What a program says on standard error, reported as it comes: line by line, and neutralised.
struct ProgramErrors: Sendable {
    private let telling: Task<Void, Never>

    /// - Parameter isOver: whether the program is gone; what it left running may keep the pipe open for ever.
    init(_ pipes: Pipes, _ narrator: Narrator, isOver: @escaping @Sendable () -> Bool) {
        let queue = BlockingQueue("zosh.program.errors")
        telling = Task.detached {
            try? await queue.run { Self.tell(pipes.reading, narrator, isOver) }
            pipes.closeReading()
        }
    }

    func drained() async { await telling.value }

    private static func tell(_ descriptor: CInt, _ narrator: Narrator, _ isOver: () -> Bool) {
        var pending: [UInt8] = []
        func say(_ line: ArraySlice<UInt8>) { narrator.say(String(decoding: line, as: UTF8.self).neutralised) }
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let isReady = poll(&entry, 1, 50) > 0
            if !isReady {
                if isOver() { break }
                continue
            }
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { break }
            pending += chunk[..<count]
            while let end = pending.firstIndex(of: 0x0A) {
                say(pending[..<end])
                pending.removeFirst(end + 1)
            }
            // A line without an end must not fill the memory.
            if pending.count > 1 << 16 {
                say(pending[...])
                pending = []
            }
        }
        if !pending.isEmpty { say(pending[...]) }
    }
}
