import CLinux
import Glibc
import Synchronization
import ZoshKit

/// Both ends of a pipe that programs do not inherit, each closed once.
final class Pipes: Sendable {
    let reading: CInt
    let writing: CInt
    private let open = Mutex((reading: true, writing: true))

    init() throws {
        var ends: (CInt, CInt) = (-1, -1)
        guard zosh_pipe(&ends.0, &ends.1) == 0 else {
            throw ZoshError(.local, "no pipe can be made: \(String(cString: strerror(errno)).lowercased())")
        }
        (reading, writing) = ends
    }

    deinit {
        closeReading()
        closeWriting()
    }

    func closeReading() {
        open.withLock { open in
            if open.reading { close(reading) }
            open.reading = false
        }
    }

    func closeWriting() {
        open.withLock { open in
            if open.writing { close(writing) }
            open.writing = false
        }
    }
}
