internal import Glibc

/// The descriptors 0, 1 and 2, which must exist before anything else is opened: a socket would get the number of one
/// that is closed, and what is printed would be sent to the connected client.
enum StandardDescriptors {
    /// Opens on /dev/null those that are closed: 0 for reading, the others for writing.
    static func open() {
        for number: CInt in 0..<3 where fcntl(number, F_GETFD) < 0 {
            // The lowest free number is this one, since those below it exist by now.
            guard Glibc.open("/dev/null", number == 0 ? O_RDONLY : O_WRONLY) == number else { exit(1) }
        }
    }
}
