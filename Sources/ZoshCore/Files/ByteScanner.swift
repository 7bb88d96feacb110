internal import ZoshKit

/// The bytes of a file one after the other, with the number of the line they stand in.
struct ByteScanner {
    private let file: DecodedFile
    private var chunk: [UInt8] = []
    private var position = 0
    /// From 1: the line of the next byte.
    private(set) var line = 1

    /// Longest record or line that is read into memory; a file of zeros must not fill it.
    static let longest = 64 << 20

    init(_ file: DecodedFile) { self.file = file }

    var name: String { file.name }

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
        }
        return position < chunk.count ? chunk[position] : nil
    }

    /// Appends the bytes up to the first that ends a plain run, which is not passed.
    mutating func takeRun(into bytes: inout [UInt8], until isEnd: (UInt8) -> Bool) throws {
        while try peek() != nil {
            let end = chunk[position...].firstIndex(where: isEnd) ?? chunk.count
            bytes += chunk[position..<end]
            position = end
            guard bytes.count < Self.longest else { throw failure("the text is too long for a cell or a line") }
            if end < chunk.count { return }
        }
    }

    /// The bytes up to the end of the line, which is passed (LF, CRLF or CR); nil at the end of the file.
    mutating func nextLine() throws -> [UInt8]? {
        guard try peek() != nil else { return nil }
        var bytes: [UInt8] = []
        try takeRun(into: &bytes) { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        try passLineEnd(try next())
        return bytes
    }

    /// Passes what is left of a line's end after its first byte was taken.
    mutating func passLineEnd(_ first: UInt8?) throws {
        guard first == UInt8(ascii: "\r") else { return }
        // A carriage return alone ends a line too, as old programs wrote it.
        if try peek() == UInt8(ascii: "\n") { _ = try next() } else { line += 1 }
    }

    /// An error about this file, at a line.
    func failure(_ problem: String, line: Int? = nil, remedy: String? = nil) -> ZoshError {
        ZoshError(.local, "\(file.name):\(line ?? self.line): \(problem)", remedy: remedy)
    }

    /// - Throws: when the bytes are not UTF-8: guessing an encoding would change names silently.
    func text(_ bytes: [UInt8], line: Int) throws -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let complaint = file.complaint
            throw failure(complaint.problem, line: line, remedy: complaint.remedy)
        }
        return text
    }
}
