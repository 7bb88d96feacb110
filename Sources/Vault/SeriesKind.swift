/// What is kept as a series: items numbered from 1, each with a header and entries.
public enum SeriesKind: String, Sendable, CaseIterable {
    case job, run

    /// As which kind its state and its pieces are sealed.
    public var record: RecordKind {
        switch self {
        case .job: .job
        case .run: .run
        }
    }
}

extension RecordKind {
    /// Whether the one record of this kind holds a series together.
    var series: SeriesKind? { SeriesKind(rawValue: rawValue) }
}

extension RecordID {
    /// What a piece of a series is sealed as. Numbers count from 1, so it is never that of a record.
    init(number: Int, part: Int) {
        let bytes = [number, part].flatMap { number in withUnsafeBytes(of: Int64(number).bigEndian) { Array($0) } }
        self.init(sixteen: bytes)
    }

    /// The name of the lock of an item: its kind, filled up to eight bytes, and its number.
    static func lock(_ kind: SeriesKind, _ number: Int) -> RecordID {
        let name = Array(kind.rawValue.utf8.prefix(8))
        return RecordID(
            sixteen: name + [UInt8](repeating: 0, count: 8 - name.count)
                + RecordID(number: number, part: 0).bytes.prefix(8))
    }

    /// The number and the part in such an identity, nil in another one.
    var place: (number: Int, part: Int)? {
        let halves = [bytes.prefix(8), bytes.suffix(8)].map { $0.reduce(Int64(0)) { $0 << 8 | Int64($1) } }
        guard let number = Int(exactly: halves[0]), let part = Int(exactly: halves[1]), number > 0, part >= 0 else {
            return nil
        }
        return (number, part)
    }
}
