import Glibc

extension Terminal {
    /// Whether something was typed that is not read yet: lines, or keys, as the terminal's mode has it.
    public var hasInputWaiting: Bool {
        var door = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
        return poll(&door, 1, 0) > 0
    }
}
