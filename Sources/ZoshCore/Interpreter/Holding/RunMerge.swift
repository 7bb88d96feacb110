/// One sorted run being read: in memory, or chunk by chunk out of a spill.
struct RunReader {
    private enum Source {
        case held(ArraySlice<SortRun.Entry>)
        case spilled(ArraySlice<Int>, any Spill)
    }

    private var source: Source
    private var bytes: [UInt8]
    /// Where the current record's key and payload lie.
    private var key = 0..<0
    private var payload = 0..<0

    init(held run: SortRun) { (source, bytes) = (.held(run.entries[...]), run.bytes) }

    /// - Parameter chunks: the run's chunks, in order.
    init(spilled chunks: [Int], in spill: any Spill) { (source, bytes) = (.spilled(chunks[...], spill), []) }

    /// Goes to the next record; false at the end.
    mutating func advance() throws -> Bool {
        switch source {
        case .held(var entries):
            guard let entry = entries.popFirst() else { return false }
            source = .held(entries)
            lay(at: entry.start, Int(entry.keyCount), Int(entry.payloadCount))
        case .spilled(var chunks, let spill):
            var start = payload.upperBound
            if start >= bytes.count {
                guard let next = chunks.popFirst() else { return false }
                source = .spilled(chunks, spill)
                bytes = try spill.read(next)
                start = 0
            }
            let counts = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: start, as: SIMD2<Int32>.self) }
            lay(at: start + 8, Int(counts.x), Int(counts.y))
        }
        return true
    }

    private mutating func lay(at start: Int, _ keyCount: Int, _ payloadCount: Int) {
        key = start..<start + keyCount
        payload = key.upperBound..<key.upperBound + payloadCount
    }

    func with<R>(_ body: (_ key: UnsafeRawBufferPointer, _ payload: UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        try bytes.withUnsafeBytes { try body(.init(rebasing: $0[key]), .init(rebasing: $0[payload])) }
    }

    func precedes(_ other: RunReader) -> Bool {
        with { a, _ in other.with { b, _ in SortRun.compare(a, b) } } < 0
    }
}

/// Sorted runs as one, the earlier run first where keys are the same.
struct RunMerge {
    private var readers: [RunReader]
    /// Indices of the readers that have a record, a heap by that record.
    private var heap: [Int] = []
    private var isBegun = false

    init(_ readers: [RunReader]) { self.readers = readers }

    mutating func next<R>(_ body: (_ key: UnsafeRawBufferPointer, _ payload: UnsafeRawBufferPointer) throws -> R) throws
        -> R?
    {
        if !isBegun {
            isBegun = true
            for index in readers.indices where try readers[index].advance() { heap.append(index) }
            for place in heap.indices.reversed() { sink(place) }
        } else if let first = heap.first {
            if try !readers[first].advance() {
                heap.swapAt(0, heap.count - 1)
                heap.removeLast()
            }
            sink(0)
        }
        guard let first = heap.first else { return nil }
        return try readers[first].with(body)
    }

    private func isBefore(_ a: Int, _ b: Int) -> Bool {
        if readers[a].precedes(readers[b]) { return true }
        return readers[b].precedes(readers[a]) ? false : a < b
    }

    private mutating func sink(_ start: Int) {
        var place = start
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2] where child < heap.count && isBefore(heap[child], heap[least]) {
                least = child
            }
            if least == place { return }
            heap.swapAt(place, least)
            place = least
        }
    }
}
