internal import CLinux

/// Bytes that must not be seen: a token, a passphrase, a key.
///
/// Copies of a `Secret` share one piece of locked memory that is zeroed when
/// the last copy goes or `wipe()` is called. Nothing prints it, nothing encodes
/// it: the only ways to the bytes are `withUnsafeBytes` and the two methods
/// that say what they do, `withString(_:)` and `revealed()`.
///
/// The claim covers these bytes. A `String` made for an HTTP header is a copy
/// the system's allocator keeps until it reuses the memory.
public struct Secret: Sendable {
    private let storage: SecretStorage

    /// Copies `bytes`. The caller's own copy is the caller's to wipe.
    ///
    /// - Parameter locked: whether to ask for locked memory, of which the
    ///   process has 64 KiB. Pass `false` for bulk that is private but is no
    ///   key or token. Without room the memory is ordinary and still zeroed.
    public init(_ bytes: some Sequence<UInt8>, locked: Bool = true) {
        if let known = bytes.withContiguousStorageIfAvailable({ SecretStorage(copying: $0, locked: locked) }) {
            storage = known
        } else {
            // Of unknown length: gather, copy, wipe the gathered copy.
            var gathered = Array(bytes)
            storage = gathered.withUnsafeBufferPointer { SecretStorage(copying: $0, locked: locked) }
            gathered.withUnsafeMutableBytes { if let base = $0.baseAddress { zosh_wipe(base, $0.count) } }
        }
    }

    /// Copies the UTF-8 of `string`.
    public init(copying string: String, locked: Bool = true) {
        self.init(string.utf8, locked: locked)
    }

    /// Makes a secret of `count` bytes in place, so that no copy exists elsewhere.
    ///
    /// - Parameter fill: receives `count` zeroed bytes to overwrite.
    public init<Failure>(
        count: Int, locked: Bool = true, fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        storage = try SecretStorage(count: max(0, count), locked: locked, fill: fill)
    }

    /// `count` random bytes from the system's generator.
    public static func random(count: Int) -> Secret {
        Secret(count: count) { bytes in
            var generator = SystemRandomNumberGenerator()
            for start in stride(from: 0, to: bytes.count, by: 8) {
                Swift.withUnsafeBytes(of: generator.next()) { random in
                    UnsafeMutableRawBufferPointer(rebasing: bytes[start...]).copyBytes(
                        from: random.prefix(bytes.count - start))
                }
            }
        }
    }

    /// How many bytes it holds; 0 once wiped.
    public var count: Int { storage.isWiped ? 0 : storage.count }

    public var isEmpty: Bool { count == 0 }

    /// Whether the bytes lie in locked memory.
    public var isLocked: Bool { storage.isLocked }

    /// Runs `body` with the bytes, none once wiped. They must not leave it.
    public func withUnsafeBytes<Result, Failure>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try storage.withUnsafeBytes(body)
    }

    /// Whether both hold the same bytes, in a time that depends on their length only.
    public func matches(_ other: Secret) -> Bool {
        withUnsafeBytes { mine in
            other.withUnsafeBytes { theirs in
                guard mine.count == theirs.count else { return false }
                guard let left = mine.baseAddress, let right = theirs.baseAddress else { return true }
                return zosh_equal_in_constant_time(left, right, mine.count)
            }
        }
    }

    /// Whether it holds exactly these bytes, in a time that depends on their length only.
    public func matches(_ bytes: some Sequence<UInt8>) -> Bool {
        matches(Secret(bytes))
    }

    /// Runs `body` with the bytes as text. The text is an unprotected copy:
    /// for the wire, never to keep.
    public func withString<Result>(_ body: (String) throws -> Result) rethrows -> Result {
        try body(revealed())
    }

    /// The bytes as text, as an unprotected copy that cannot be wiped.
    public func revealed() -> String {
        withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }

    /// Zeroes the bytes now, for every copy of this secret.
    public func wipe() {
        storage.wipe()
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "‹secret›" }
    public var debugDescription: String { "‹secret›" }
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}

extension SecretStorage {
    fileprivate convenience init(copying bytes: UnsafeBufferPointer<UInt8>, locked: Bool) {
        self.init(count: bytes.count, locked: locked) { $0.copyBytes(from: bytes) }
    }
}
