import Glibc
import Synchronization
import Vault
import ZohoClient
import ZoshKit

/// One connection's share of Zoho's limits, shared with every other zosh of this machine.
///
/// A slot is a locked file, which the system unlocks however its process ends. Where the folder cannot be written,
/// nothing is shared and requests still go out.
struct RequestSlots: OrganizationShare {
    let folder: String
    let grant: Grant.ID
    let credits: CallLedger
    /// Where the search begins, so that processes do not all try the same file first.
    private let offset = Int.random(in: 0..<64)

    init(folder: String, grant: Grant.ID, credits: CallLedger) {
        self.folder = folder
        self.grant = grant
        self.credits = credits
    }

    func acquire(among limit: Int) -> (any Sendable)? {
        guard isOurs else { return Unshared() }
        for step in 0..<limit {
            do {
                if let lock = try FileLock.tryAcquire(at: "\(folder)/\(grant)-\((offset + step) % limit)") {
                    return lock
                }
            } catch {
                return Unshared()
            }
        }
        return nil
    }

    /// Made if it is missing; a link in its place was put there by another user.
    private var isOurs: Bool {
        // A umask may take our own rights.
        if mkdir(folder, 0o700) == 0 { return chmod(folder, 0o700) == 0 }
        var facts = stat()
        return lstat(folder, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR && facts.st_uid == getuid()
            && facts.st_mode & 0o077 == 0
    }

    func recordCall() { credits.recordCall(grant) }
    func recordRemaining(_ remaining: Int) { credits.recordRemaining(remaining, of: grant) }

    private struct Unshared: Sendable {}
}
