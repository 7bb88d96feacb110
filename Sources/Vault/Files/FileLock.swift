internal import CLinux
internal import Glibc
internal import Synchronization

/// An exclusive lock on a file that processes use to take turns.
///
/// It is released by `release()`, when the last reference goes, and by the
/// kernel when the process dies in any way. The file stays: unlinking it would
/// let two processes hold two locks of the same name. Not inherited by
/// children (close-on-exec).
public final class FileLock: Sendable {
    /// The descriptor, -1 once released.
    private let descriptor: Mutex<Int32>

    private init(_ descriptor: Int32) { self.descriptor = Mutex(descriptor) }

    deinit { release() }

    /// Takes the lock if it is free, nil otherwise. Creates the file with
    /// mode 0600 when it is missing.
    public static func tryAcquire(at path: String) throws(VaultError) -> FileLock? {
        var number: Int32
        repeat {
            number = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0o600)
        } while number < 0 && errno == EINTR
        guard number >= 0 else { throw .opening(path, errno) }
        // A umask may have taken our own rights.
        fchmod(number, 0o600)
        switch zosh_try_lock(number) {
        case 0: return FileLock(number)
        case 1:
            close(number)
            return nil
        default:
            let code = errno
            close(number)
            throw .system("locking \(path)", code: code)
        }
    }

    /// Waits for the lock without occupying a thread.
    ///
    /// Asks again and again with growing pauses of at most 50 ms: a thread
    /// blocked in flock could be neither cancelled nor given a time limit.
    /// Throws `VaultError.busy` after `timeout`, `CancellationError` when the
    /// task is cancelled.
    public static func acquire(at path: String, timeout: Duration = .seconds(60)) async throws -> FileLock {
        let end = ContinuousClock.now + timeout
        var pause = Duration.milliseconds(1)
        while true {
            try Task.checkCancellation()
            if let lock = try tryAcquire(at: path) { return lock }
            guard ContinuousClock.now < end else { throw VaultError.busy("a lock (\(path))") }
            try await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(50))
        }
    }

    /// Waits for the lock on the calling thread, for code that has its own.
    static func wait(at path: String, timeout: Duration) throws(VaultError) -> FileLock {
        let end = ContinuousClock.now + timeout
        while true {
            if let lock = try tryAcquire(at: path) { return lock }
            guard ContinuousClock.now < end else { throw .busy("a lock (\(path))") }
            var pause = timespec(tv_sec: 0, tv_nsec: 10_000_000)
            nanosleep(&pause, nil)
        }
    }

    /// Gives the lock back; harmless when that happened before.
    ///
    /// It is unlocked before it is closed: a program that starts at this moment has a copy of the descriptor until it
    /// runs, which would keep the lock.
    public func release() {
        descriptor.withLock { number in
            if number >= 0 {
                zosh_unlock(number)
                close(number)
            }
            number = -1
        }
    }
}
