internal import Glibc

/// Lets a command wait for what happens on another thread, so that a test knows which came first.
final class Announcement: Sendable {
    private let ends: (read: CInt, write: CInt)

    init() {
        var ends: [CInt] = [-1, -1]
        _ = pipe(&ends)
        self.ends = (ends[0], ends[1])
    }

    func make() {
        var byte: UInt8 = 1
        _ = write(ends.write, &byte, 1)
    }

    /// Says that it waits, and does.
    func wait() {
        EditorHost.say("waiting")
        var byte: UInt8 = 0
        _ = read(ends.read, &byte, 1)
    }
}
