internal import Glibc

/// Records in memory, to be sorted together: one block of bytes, and for each record where it lies.
struct SortRun {
    struct Entry {
        /// The key's first bytes as a number: most comparisons end here.
        let prefix: UInt64
        let start: Int
        let keyCount: Int32
        let payloadCount: Int32
    }

    /// Bytes of a chunk of a spilled run.
    private static let chunk = 256 << 10

    private(set) var bytes: [UInt8] = []
    private(set) var entries: [Entry] = []

    var size: Int { bytes.count + entries.count * MemoryLayout<Entry>.stride }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
    }

    mutating func add(key: (inout [UInt8]) -> Void, payload: (inout [UInt8]) -> Void) {
        let start = bytes.count
        key(&bytes)
        let keyCount = bytes.count - start
        payload(&bytes)
        var prefix: UInt64 = 0
        for index in 0..<8 { prefix = prefix << 8 | (index < keyCount ? UInt64(bytes[start + index]) : 0) }
        let payloadCount = bytes.count - start - keyCount
        entries.append(
            Entry(prefix: prefix, start: start, keyCount: Int32(keyCount), payloadCount: Int32(payloadCount)))
    }

    mutating func sort() {
        bytes.withUnsafeBytes { bytes in
            entries.sort { a, b in
                if a.prefix != b.prefix { return a.prefix < b.prefix }
                let order = Self.compare(
                    UnsafeRawBufferPointer(rebasing: bytes[a.start..<a.start + Int(a.keyCount)]),
                    UnsafeRawBufferPointer(rebasing: bytes[b.start..<b.start + Int(b.keyCount)]))
                return order == 0 ? a.start < b.start : order < 0
            }
        }
    }

    static func compare(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Int {
        let count = min(a.count, b.count)
        if count > 0, let left = a.baseAddress, let right = b.baseAddress {
            let order = memcmp(left, right, count)
            if order != 0 { return Int(order) }
        }
        return a.count - b.count
    }

    /// The records in order, in chunks: for each the two lengths, the key, the payload.
    func chunks<R>(_ take: ([UInt8]) throws -> R) rethrows -> [R] {
        var taken: [R] = []
        var chunk: [UInt8] = []
        chunk.reserveCapacity(Self.chunk + 4096)
        for entry in entries {
            withUnsafeBytes(of: SIMD2(entry.keyCount, entry.payloadCount)) { chunk.append(contentsOf: $0) }
            chunk.append(contentsOf: bytes[entry.start..<entry.start + Int(entry.keyCount + entry.payloadCount)])
            if chunk.count >= Self.chunk {
                taken.append(try take(chunk))
                chunk.removeAll(keepingCapacity: true)
            }
        }
        if !chunk.isEmpty { taken.append(try take(chunk)) }
        return taken
    }
}
