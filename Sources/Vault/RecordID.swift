/// A random 128-bit identity of a record.
///
/// SQLite reuses row numbers, so a record is sealed to an identity that never
/// comes back. It says nothing about what it identifies.
public struct RecordID: Sendable, Hashable {
    /// Sixteen bytes.
    public let bytes: [UInt8]

    /// A new, random identity.
    public init() {
        var generator = SystemRandomNumberGenerator()
        // Two numbers, because each one asked for is a call to the kernel.
        bytes = [generator.next(), generator.next()].flatMap { number in withUnsafeBytes(of: number) { Array($0) } }
    }

    /// The identity stored as `bytes`, nil unless there are sixteen.
    public init?(bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
        guard self.bytes.count == 16 else { return nil }
    }

    /// The stream of a log kind that has only one, such as the history.
    public static let shared = RecordID(sixteen: [UInt8](repeating: 0, count: 16))

    init(sixteen bytes: [UInt8]) { self.bytes = bytes }
}

extension RecordID: Comparable, CustomStringConvertible {
    public static func < (left: RecordID, right: RecordID) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }

    /// 32 hexadecimal digits.
    public var description: String { Hexadecimal.encode(bytes) }
}
