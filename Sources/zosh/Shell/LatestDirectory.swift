import Synchronization
import ZoshCore
import ZoshKit

/// The directory Tab answers from: that of the connection the prompt shows.
final class LatestDirectory: Sendable {
    private let kept = Mutex<DirectoryRefresher?>(nil)
    private let recent = Mutex<[String]>([])

    /// Ids of the people named lately, the latest first.
    var recentIDs: [String] { recent.withLock { $0 } }
    func note(recentIDs: [String]) { recent.withLock { $0 = recentIDs } }

    /// Called when more people are known, or it is sure that none will be.
    private let listener = Mutex<(@Sendable () -> Void)?>(nil)

    func onArrival(_ listener: @escaping @Sendable () -> Void) { self.listener.withLock { $0 = listener } }
    func haveArrived() { listener.withLock { $0 }?() }

    var refresher: DirectoryRefresher? { kept.withLock { $0 } }
    var current: PublishedDirectory { refresher?.current ?? .empty }
    func set(_ latest: DirectoryRefresher) { kept.withLock { $0 = latest } }

    func forget() {
        kept.withLock { $0 = nil }
        note(recentIDs: [])
    }
}
