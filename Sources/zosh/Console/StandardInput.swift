import Glibc
import ZoshCore
import ZoshKit

/// Lines of standard input, read as they come, off the cooperative pool.
///
/// Never more than a line is taken, as `sh` does it: what follows belongs to the next reader, be it `@-`, a question
/// or the next line. A file is read ahead and sought back in; a pipe returns one byte at a time.
actor StandardInput: LineReading {
    private let queue = BlockingQueue("zosh.input")
    private var isAtEnd = false
    private var number = 0

    nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    /// - Throws: when a line is not UTF-8 text. Nothing of it has run then, and nothing behind it will.
    func next() throws -> String? {
        guard !isAtEnd else { return nil }
        let isFile = lseek(0, 0, SEEK_CUR) >= 0
        var line: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: isFile ? 65_536 : 1)
        while true {
            let count = read(0, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                isAtEnd = true
                throw Self.unreadable(errno)
            }
            guard count > 0 else {
                isAtEnd = true
                return line.isEmpty ? nil : try text(line)
            }
            if let end = chunk[..<count].firstIndex(of: 0x0A) {
                line += chunk[..<end]
                if isFile { lseek(0, off_t(end + 1 - count), SEEK_CUR) }
                return try text(line)
            }
            line += chunk[..<count]
        }
    }

    /// What could not be read must not count as the end of a script.
    static func unreadable(_ number: CInt) -> ZoshError {
        ZoshError(.local, "standard input cannot be read: \(String(cString: strerror(number)).lowercased())")
    }

    private func text(_ line: [UInt8]) throws -> String {
        number += 1
        // The mark that some editors begin a file with.
        let bytes = number == 1 && line.starts(with: [0xEF, 0xBB, 0xBF]) ? line[3...] : line[...]
        // ASCII in UTF-16 is UTF-8 as well, full of zeros.
        guard NotText.unmarkedUTF16(bytes) == nil, let text = String(validating: bytes, as: UTF8.self) else {
            throw NotText.error(bytes, "this line", remedy: NotText.conversion(of: bytes))
        }
        return text
    }
}
