internal import Glibc
internal import ZoshKit

/// A file open for reading, as chunks of bytes; closed with its last reference.
///
/// Not Sendable by itself: one reader owns it.
final class OpenFile {
    let name: String
    private let descriptor: Int32

    /// - Parameter path: `~/` is the home directory, `-` standard input.
    init(_ path: String) throws {
        name = path == "-" ? "standard input" : path
        guard path != "-" else {
            descriptor = dup(STDIN_FILENO)
            return
        }
        descriptor = open(FilePath.resolved(path), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.error(path, errno) }
        var info = stat()
        if fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFDIR {
            close(descriptor)
            throw ZoshError(.local, "'\(path)' is a directory", remedy: "name a file in it")
        }
    }

    deinit { close(descriptor) }

    /// Whether a path leads to a pipe.
    static func isPipe(_ path: String) -> Bool {
        var info = stat()
        return stat(FilePath.resolved(path), &info) == 0 && info.st_mode & S_IFMT == S_IFIFO
    }

    /// Whether it can be read twice.
    var isRegular: Bool {
        var info = stat()
        return fstat(descriptor, &info) == 0 && info.st_mode & S_IFMT == S_IFREG
    }

    /// In bytes; 0 for what has none, such as a pipe.
    var size: Int {
        var info = stat()
        return fstat(descriptor, &info) == 0 ? Int(info.st_size) : 0
    }

    /// The next bytes; empty at the end.
    func read(upTo count: Int = 1 << 16) throws -> [UInt8] {
        var status = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            repeat { status = Glibc.read(descriptor, buffer.baseAddress, count) } while status < 0 && errno == EINTR
            filled = max(0, status)
        }
        guard status >= 0 else { throw Self.error(name, errno) }
        return bytes
    }

    func readAll() throws -> [UInt8] {
        var all: [UInt8] = []
        while case let chunk = try read(), !chunk.isEmpty { all += chunk }
        return all
    }

    /// Why a new file cannot be made: mostly its folder is not there.
    /// - Parameter folder: where its name does not say it.
    static func notMade(_ name: String, in folder: String = ".", _ number: Int32) -> ZoshError {
        let shown = name.lastIndex(of: "/").map { String(name[..<$0]) } ?? folder
        let problem =
            switch number {
            case ENOENT: "the folder \(shown) does not exist"
            case ENOTDIR: "\(shown) is not a folder"
            default: ""
            }
        guard !problem.isEmpty else { return error(name, number) }
        return ZoshError(
            .notFound, problem.neutralised, remedy: "make the folder first, or name a file in another one")
    }

    static func error(_ path: String, _ number: Int32) -> ZoshError {
        if number == ENOENT {
            return ZoshError(
                .notFound, "there is no file '\(path)'",
                remedy: "check the path; a relative one starts in the current folder")
        }
        return ZoshError(.local, "'\(path)': \(String(cString: strerror(number)).lowercased())")
    }
}
