import Foundation
import Glibc
import Vault

/// The throw-away folders of demos. One that was killed leaves its own behind: the next demo removes it.
///
/// A folder in use holds a locked file. The kernel releases the lock however its holder ends, and no number of a
/// process has to be believed.
enum DemoFolders {
    private static let beginning = "zosh-demo-"
    private static let lock = "/in-use"

    /// Marks a folder as used by this process.
    static func mark(_ folder: String) throws -> FileLock? { try FileLock.tryAcquire(at: folder + lock) }

    /// Removes the folders of demos that have ended. What cannot be looked at or removed stays.
    static func removeLeftOver(in place: String = NSTemporaryDirectory()) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? [] where name.hasPrefix(beginning)
        {
            let folder = place + "/" + name
            var facts = stat()
            guard lstat(folder, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR, facts.st_uid == geteuid() else {
                continue
            }
            guard access(folder + lock, F_OK) == 0 else {
                // Made a moment ago and not marked yet, unless it is old; only an empty one goes.
                if facts.st_mtim.tv_sec < time(nil) - 60 { rmdir(folder) }
                continue
            }
            // No other process can take it between this and the removal: each demo locks its own folder.
            guard let free = try? FileLock.tryAcquire(at: folder + lock) else { continue }
            try? FileManager.default.removeItem(atPath: folder)
            free.release()
        }
    }
}
