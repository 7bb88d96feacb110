/// Where fields and words begin, in buckets by their first two letters: whom a typed beginning can mean, without
/// looking at all people.
///
/// The first eight bytes stand beside each beginning, so that nearly every question is answered by memory read in
/// order.
struct Beginnings: Sendable {
    private static let kinds = 64
    private static let all = kinds * kinds

    /// Where each bucket begins; buckets of fields first, then those of the other words.
    private let starts: [UInt32]
    /// The first eight bytes, the first of them highest. Within a bucket in the order of people and their texts.
    private let keys: [UInt64]
    private let owners: [UInt32]
    /// Positions in the bytes of all people.
    private let places: [UInt32]
    /// Of fields only; 255 stands for everything longer, too.
    private let lengths: [UInt8]

    init(_ texts: FoldedPeople) {
        var begun: [(place: UInt32, owner: UInt32)] = []
        var isField: [Bool] = []
        var fields: [UInt8] = []
        begun.reserveCapacity(texts.count * 9)
        isField.reserveCapacity(texts.count * 9)
        fields.reserveCapacity(texts.count * 3)
        var starts = [UInt32](repeating: 0, count: 2 * Self.all + 1)
        texts.bytes.withUnsafeBufferPointer { bytes in
            for person in 0..<texts.count {
                var isInside = false
                var begins = true
                var field = 0
                for at in texts.place(person) {
                    let byte = bytes[at]
                    guard byte != FoldedPeople.fieldEnd else {
                        if !begins { fields.append(UInt8(clamping: at - field)) }
                        (begins, isInside) = (true, false)
                        continue
                    }
                    let isLetter = FoldedPeople.isLetter(byte)
                    if begins || (isLetter && !isInside) {
                        begun.append((UInt32(at), UInt32(person)))
                        isField.append(begins)
                        starts[Self.bucket(begins, byte, bytes[at + 1]) + 1] += 1
                        if begins { field = at }
                    }
                    (begins, isInside) = (false, isLetter)
                }
            }
        }
        for bucket in 0..<2 * Self.all { starts[bucket + 1] += starts[bucket] }
        var next = starts
        var keys = [UInt64](repeating: 0, count: begun.count)
        var owners = [UInt32](repeating: 0, count: begun.count)
        var places = owners
        var lengths = [UInt8](repeating: 0, count: fields.count)
        var field = 0
        texts.bytes.withUnsafeBytes { bytes in
            for (index, (place, owner)) in begun.enumerated() {
                let key = SearchKey.eight(at: Int(place), in: bytes)
                let bucket = Self.bucket(
                    isField[index], UInt8(truncatingIfNeeded: key >> 56), UInt8(truncatingIfNeeded: key >> 48))
                let at = Int(next[bucket])
                next[bucket] += 1
                (keys[at], owners[at], places[at]) = (key, owner, place)
                if isField[index] {
                    lengths[at] = fields[field]
                    field += 1
                }
            }
        }
        (self.starts, self.keys, self.owners, self.places, self.lengths) = (starts, keys, owners, places, lengths)
    }

    /// Calls back with each person who has a field of exactly this text.
    func whole(_ wanted: SearchKey, _ bytes: UnsafeRawBufferPointer, _ take: (_ person: Int) -> Void) {
        let length = UInt8(clamping: wanted.bytes.count)
        for bucket in buckets(isField: true, wanted) {
            for index in bucket where lengths[index] == length && matches(wanted, index, bytes) {
                guard bytes[Int(places[index]) + wanted.bytes.count] == FoldedPeople.fieldEnd else { continue }
                take(Int(owners[index]))
            }
        }
    }

    /// Calls back with each person who has a field, or another word, that begins like this, in the order of people
    /// within each pair of letters.
    /// - Parameter wants: whether this person, or a later one, would be taken; asked before they are looked at.
    func beginning(
        isField: Bool, _ wanted: SearchKey, _ bytes: UnsafeRawBufferPointer, while wants: (Int) -> Bool,
        _ take: (_ person: Int) -> Void
    ) {
        for bucket in buckets(isField: isField, wanted) {
            for index in bucket where wanted.mayBegin(keys[index]) {
                let owner = Int(owners[index])
                guard wants(owner) else { break }
                if matches(wanted, index, bytes) { take(owner) }
            }
        }
    }

    @inline(__always)
    private func matches(_ wanted: SearchKey, _ index: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
        guard wanted.mayBegin(keys[index]) else { return false }
        return wanted.bytes.count <= 8 || wanted.matches(at: Int(places[index]), in: bytes)
    }

    private func buckets(isField: Bool, _ wanted: SearchKey) -> [Range<Int>] {
        let first = Self.bucket(isField, wanted.bytes[0], wanted.bytes.count > 1 ? wanted.bytes[1] : UInt8(ascii: "a"))
        return (first..<(wanted.bytes.count > 1 ? first + 1 : first + Self.kinds)).map {
            Int(starts[$0])..<Int(starts[$0 + 1])
        }
    }

    @inline(__always)
    private static func bucket(_ isField: Bool, _ first: UInt8, _ second: UInt8) -> Int {
        (isField ? 0 : all) + FoldedPeople.kind(first) * kinds + FoldedPeople.kind(second)
    }
}
