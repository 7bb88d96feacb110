import Glibc

/// The width output is laid out for.
enum Width {
    /// Columns of the terminal behind a descriptor.
    static func of(_ descriptor: CInt) -> Int {
        var size = winsize()
        if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
        // COLUMNS may be anything: a width no terminal has would be filled with blanks, or overflow.
        return getenv("COLUMNS").flatMap { Int(String(cString: $0)) }.map { min(max($0, 20), 10_000) } ?? 80
    }
}
