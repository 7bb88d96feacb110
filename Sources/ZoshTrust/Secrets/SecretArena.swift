internal import CLinux
internal import Synchronization

/// One locked region of memory from which small secrets are cut.
///
/// Locking is per page and the limit on locked memory is small, so all secrets
/// of the process share one region instead of locking a page each.
///
/// Invariant: a chunk that is not in use holds zeros.
final class SecretArena: Sendable {
    static let shared = SecretArena(capacity: 64 * 1024)

    /// Every allocation is a whole number of these.
    private static let chunk = 32

    // Never changes and names memory whose pieces `used` hands out once each.
    private nonisolated(unsafe) let base: UnsafeMutableRawPointer?
    private let capacity: Int
    private let used: Mutex<[Bool]>

    /// An arena the system refuses to lock hands out nothing, so that callers
    /// fall back to ordinary memory.
    init(capacity: Int) {
        base = zosh_map_locked(capacity)
        self.capacity = base == nil ? 0 : capacity
        used = Mutex([Bool](repeating: false, count: self.capacity / Self.chunk))
    }

    deinit {
        if let base { zosh_unmap_locked(base, capacity) }
    }

    /// A zeroed piece of locked memory, or nil when there is no room.
    func allocate(_ count: Int) -> UnsafeMutableRawPointer? {
        guard let base, count > 0, count <= capacity else { return nil }
        let wanted = Self.chunks(for: count)
        let start = used.withLock { used in
            Self.firstRun(of: wanted, in: used).map { start in
                for index in start..<start + wanted { used[index] = true }
                return start
            }
        }
        return start.map { base + $0 * Self.chunk }
    }

    /// Wipes and takes back what `allocate` returned for the same `count`.
    func release(_ pointer: UnsafeMutableRawPointer, count: Int) {
        guard let base else { return }
        let wanted = Self.chunks(for: count)
        zosh_wipe(pointer, wanted * Self.chunk)
        let start = (pointer - base) / Self.chunk
        used.withLock { used in
            for index in start..<start + wanted { used[index] = false }
        }
    }

    private static func chunks(for count: Int) -> Int { (count + chunk - 1) / chunk }

    private static func firstRun(of wanted: Int, in used: [Bool]) -> Int? {
        var length = 0
        for index in used.indices {
            length = used[index] ? 0 : length + 1
            if length == wanted { return index - wanted + 1 }
        }
        return nil
    }
}
