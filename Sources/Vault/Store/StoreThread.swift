internal import Dispatch

/// The store's own thread of execution.
///
/// Deriving a key takes half a second and SQLite may wait ten for a lock:
/// neither may occupy a thread of the cooperative pool.
final class StoreThread: SerialExecutor {
    private let queue = DispatchQueue(label: "zosh.store")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedSerialExecutor()
        queue.async { job.runSynchronously(on: executor) }
    }
}
