import Glibc
import Testing
import ZoshCore
import ZoshKit

/// Compares output with a file of `Golden/`. A missing file, or `ZOSH_RECORD=1`, writes it and fails, so that a
/// recording can never pass unnoticed.
enum Golden {
    static func check(_ bytes: [UInt8], _ name: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let folder = #filePath.split(separator: "/").dropLast(2).map(String.init).joined(separator: "/")
        let path = "/" + folder + "/Golden/" + name
        guard getenv("ZOSH_RECORD") == nil, let expected = read(path) else {
            write(bytes, path)
            Issue.record("recorded \(name); look at it and run again", sourceLocation: sourceLocation)
            return
        }
        #expect(
            String(decoding: bytes, as: UTF8.self) == String(decoding: expected, as: UTF8.self), "\(name)",
            sourceLocation: sourceLocation)
        #expect(bytes == expected, "\(name) differs in bytes", sourceLocation: sourceLocation)
    }

    private static func read(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk.prefix(count) }
        return bytes
    }

    private static func write(_ bytes: [UInt8], _ path: String) {
        guard let file = fopen(path, "wb") else { return }
        defer { fclose(file) }
        fwrite(bytes, 1, bytes.count, file)
    }
}

/// Keeps what is written, chunk by chunk.
actor Buffer: ByteSink {
    private(set) var chunks: [[UInt8]] = []
    var bytes: [UInt8] { Array(chunks.joined()) }
    var text: String { String(decoding: bytes, as: UTF8.self) }

    func write(_ bytes: [UInt8]) { chunks.append(bytes) }
}

/// Pages given one by one, then the end or an error.
actor GivenPages: RowSource {
    private var pages: [[Row]]
    private let failure: ZoshError?

    init(_ pages: [[Row]], failure: ZoshError? = nil) {
        self.pages = pages
        self.failure = failure
    }

    func next() throws -> RowBatch? {
        if pages.isEmpty, let failure { throw failure }
        return pages.isEmpty ? nil : RowBatch(pages.removeFirst())
    }

    func outcome() -> RowOutcome { RowOutcome() }
}
