internal import ZoshKit

/// The bytes of a file one after the other, with the number of the line they stand in.
///
/// Skips a byte order mark at the beginning, which spreadsheets write.
struct ByteScanner {
    private let file: OpenFile
    private var chunk: [UInt8] = []
    private var position = 0
    private var isStarted = false
    /// From 1: the line of the next byte.
    private(set) var line = 1

    /// Longest record or line that is read into memory; a file of zeros must not fill it.
    static let longest = 64 << 20

    init(_ file: OpenFile) { self.file = file }

    mutating func next() throws -> UInt8? {
        guard let byte = try peek() else { return nil }
        position += 1
        if byte == UInt8(ascii: "\n") { line += 1 }
        return byte
    }

    mutating func peek() throws -> UInt8? {
        if position == chunk.count {
            chunk = try file.read()
            position = 0
            if !isStarted {
                isStarted = true
                if chunk.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
            }
        }
        return position < chunk.count ? chunk[position] : nil
    }

    /// The bytes up to the end of the line, which is passed (LF or CRLF); nil at the end of the file.
    mutating func nextLine() throws -> [UInt8]? {
        guard try peek() != nil else { return nil }
        var bytes: [UInt8] = []
        while try peek() != nil {
            if let end = chunk[position...].firstIndex(of: UInt8(ascii: "\n")) {
                bytes += chunk[position..<end]
                position = end + 1
                line += 1
                break
            }
            bytes += chunk[position...]
            position = chunk.count
            guard bytes.count < Self.longest else { throw failure("the line is too long") }
        }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        return bytes
    }

    /// An error about this file, at a line.
    func failure(_ problem: String, line: Int? = nil) -> ZoshError {
        ZoshError(.local, "\(file.name):\(line ?? self.line): \(problem)")
    }

    /// - Throws: when the bytes are no UTF-8: guessing an encoding would change names silently.
    func text(_ bytes: [UInt8], line: Int) throws -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw failure("this is no UTF-8 text", line: line)
        }
        return text
    }
}
