/// A folded text to look for, and its first eight bytes as one number: most places are ruled out by one comparison.
struct SearchKey {
    let bytes: [UInt8]
    /// The first eight bytes, the first of them highest.
    private let key: UInt64
    private let mask: UInt64

    /// - Parameter bytes: at least one, no line feed among them.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        key = bytes.prefix(8).enumerated().reduce(0) { $0 | UInt64($1.element) << UInt64(56 - 8 * $1.offset) }
        mask = bytes.count >= 8 ? .max : ~(UInt64.max >> UInt64(8 * bytes.count))
    }

    /// Whether eight bytes may begin with the key.
    @inline(__always)
    func mayBegin(_ eight: UInt64) -> Bool { eight & mask == key }

    /// Whether the key is at this place. The text must end in a line feed and seven bytes more.
    @inline(__always)
    func matches(at place: Int, in text: UnsafeRawBufferPointer) -> Bool {
        guard mayBegin(Self.eight(at: place, in: text)) else { return false }
        for (offset, byte) in bytes.enumerated().dropFirst(8) where text[place + offset] != byte { return false }
        return true
    }

    @inline(__always)
    static func eight(at place: Int, in text: UnsafeRawBufferPointer) -> UInt64 {
        UInt64(bigEndian: text.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }
}
