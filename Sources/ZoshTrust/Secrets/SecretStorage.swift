internal import CLinux
internal import Synchronization

/// The bytes behind every copy of one `Secret`.
///
/// A class, because a value could be copied by the compiler into places that
/// cannot be wiped. `wipe` may come from any task while another reads: the last
/// reader then does the wiping, so that no reader sees half a secret and no lock
/// is held while a caller's closure runs.
///
/// Invariant: `address` is non-zero exactly while the bytes are held, and they
/// are zeroed before the memory is given back.
final class SecretStorage: Sendable {
    private struct State {
        /// Where the bytes are, 0 when nowhere: a number, since pointers may
        /// not cross into a lock.
        var address: UInt
        var readers = 0
        var isOver = false
    }

    let count: Int
    let isLocked: Bool
    private let state: Mutex<State>

    /// `fill` receives zeroed memory of exactly `count` bytes.
    init<Failure>(
        count: Int, locked: Bool, fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        let reserved = locked ? SecretArena.shared.allocate(count) : nil
        let pointer = reserved ?? Self.ordinary(count)
        self.count = count
        isLocked = reserved != nil
        state = Mutex(State(address: UInt(bitPattern: pointer)))
        if let pointer {
            try fill(UnsafeMutableRawBufferPointer(start: pointer, count: count))
        }
    }

    deinit { wipe() }

    /// Runs `body` with the bytes, or with none once they are wiped.
    func withUnsafeBytes<Result, Failure>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let address = state.withLock { state -> UInt in
            guard !state.isOver, state.address != 0 else { return 0 }
            state.readers += 1
            return state.address
        }
        guard let pointer = UnsafeRawPointer(bitPattern: address) else {
            return try body(UnsafeRawBufferPointer(start: nil, count: 0))
        }
        defer { finishReading() }
        return try body(UnsafeRawBufferPointer(start: pointer, count: count))
    }

    var isWiped: Bool { state.withLock { $0.isOver } }

    func wipe() {
        state.withLock { state in
            state.isOver = true
            giveBack(&state)
        }
    }

    private func finishReading() {
        state.withLock { state in
            state.readers -= 1
            giveBack(&state)
        }
    }

    private func giveBack(_ state: inout State) {
        guard state.isOver, state.readers == 0,
            let pointer = UnsafeMutableRawPointer(bitPattern: state.address)
        else { return }
        state.address = 0
        if isLocked {
            SecretArena.shared.release(pointer, count: count)
        } else {
            zosh_wipe(pointer, count)
            pointer.deallocate()
        }
    }

    private static func ordinary(_ count: Int) -> UnsafeMutableRawPointer? {
        guard count > 0 else { return nil }
        let pointer = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 16)
        zosh_wipe(pointer, count)
        return pointer
    }
}
