internal import ZoshKit

/// Reduces records to the first of each key, in their original order, with the counts of the others added. Sorts twice,
/// by key and then by place, in bounded memory.
struct FirstOfEachKey {
    private var byKey: ExternalSorter
    private var byPlace: ExternalSorter
    private var isMerged = false

    init(_ holding: Holding) {
        byKey = ExternalSorter(holding)
        byPlace = ExternalSorter(holding)
    }

    /// - Parameter sequence: greater than that of every record added before.
    mutating func add(_ key: [UInt8], sequence: UInt64, count: UInt64, payload: [UInt8]) throws {
        try byKey.add {
            $0 += key
        } payload: {
            SortKey.append(sequence, to: &$0)
            SortKey.append(count, to: &$0)
            $0 += payload
        }
    }

    /// The next record, nil after the last. None can be added after the first call.
    mutating func next<R>(_ body: (_ count: UInt64, _ payload: UnsafeRawBufferPointer) throws -> R) throws -> R? {
        if !isMerged {
            isMerged = true
            try merge()
        }
        return try byPlace.next { _, record in try body(Self.number(record, at: 0), .init(rebasing: record[8...])) }
    }

    private mutating func merge() throws {
        var first: (key: [UInt8], sequence: UInt64, count: UInt64, payload: [UInt8])?
        while let record = try byKey.next({ key, record in
            (Array(key), Self.number(record, at: 0), Self.number(record, at: 8), Array(record[16...]))
        }) {
            if let found = first, found.0 == record.0 {
                first?.count += record.2
            } else {
                if let first { try place(first.sequence, first.count, first.payload) }
                first = record
            }
        }
        if let first { try place(first.sequence, first.count, first.payload) }
        byKey = ExternalSorter(Holding())
    }

    private mutating func place(_ sequence: UInt64, _ count: UInt64, _ payload: [UInt8]) throws {
        try byPlace.add {
            SortKey.append(sequence, to: &$0)
        } payload: {
            SortKey.append(count, to: &$0)
            $0 += payload
        }
    }

    private static func number(_ bytes: UnsafeRawBufferPointer, at place: Int) -> UInt64 {
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }
}
