/// Who has a word, or a whole field, that begins with two letters: the people a typed beginning can mean, without
/// looking at anybody else.
struct WordBuckets {
    private static let kinds = 64
    private static let all = kinds * kinds

    /// Where each bucket begins in `people`; buckets of fields first, then those of the other words.
    private let starts: [Int32]
    /// Ascending, each at most once, within a bucket.
    private let people: [Int32]

    /// - Parameter visit: calls back with every beginning: whose, of a field or of another word, its first two bytes.
    init(_ visit: (_ take: (_ person: Int, _ isField: Bool, _ first: UInt8, _ second: UInt8) -> Void) -> Void) {
        var starts = [Int32](repeating: 0, count: 2 * Self.all + 1)
        var last = [Int32](repeating: -1, count: 2 * Self.all)
        visit { person, isField, first, second in
            let bucket = Self.bucket(isField, first, second)
            guard last[bucket] != Int32(person) else { return }
            last[bucket] = Int32(person)
            starts[bucket + 1] += 1
        }
        for bucket in 0..<2 * Self.all { starts[bucket + 1] += starts[bucket] }
        var next = starts
        var people = [Int32](repeating: -1, count: Int(starts[2 * Self.all]))
        visit { person, isField, first, second in
            let bucket = Self.bucket(isField, first, second)
            let at = Int(next[bucket])
            guard at == Int(starts[bucket]) || people[at - 1] != Int32(person) else { return }
            people[at] = Int32(person)
            next[bucket] += 1
        }
        self.starts = starts
        self.people = people
    }

    /// Everybody with a field (or another word) that may begin with `wanted`; somebody may come more than once when
    /// that is a single byte.
    func people(isField: Bool, _ wanted: UnsafeBufferPointer<UInt8>) -> ArraySlice<Int32> {
        let first = Self.bucket(isField, wanted[0], wanted.count > 1 ? wanted[1] : 0x61)
        return people[Int(starts[first])..<Int(starts[wanted.count > 1 ? first + 1 : first + Self.kinds])]
    }

    @inline(__always)
    private static func bucket(_ isField: Bool, _ first: UInt8, _ second: UInt8) -> Int {
        (isField ? 0 : all) + PersonSieve.kind(first) * kinds + PersonSieve.kind(second)
    }
}
