import Foundation
import Glibc
import Testing
import ZoshTesting

/// Runs the program where the file system looks otherwise: in a mount namespace of its own, so that nobody else sees
/// what is mounted.
enum OwnMounts {
    static let reason: Comment = "mounting needs root and a kernel that permits unshare"

    static let arePermitted: Bool = {
        let child = try? ChildProcess("/usr/bin/unshare", ["-m", "mount", "-t", "tmpfs", "none", "/mnt"])
        return child?.ending().status == 0
    }()

    /// - Parameters:
    ///   - preparation: a shell command that mounts what shall be there.
    ///   - user: who runs the program; nil is root.
    static func start(
        _ program: Program, _ arguments: [String], after preparation: String, as user: OtherUser? = nil,
        input: String = ""
    ) throws -> ChildProcess {
        let line = (user?.words ?? []) + [try BuiltProduct.path("zosh")] + arguments
        return try ChildProcess(
            "/usr/bin/unshare", ["-m", "sh", "-c", "\(preparation) && exec \"$@\"", "sh"] + line,
            environment: program.environment, folder: program.home.path, input: input)
    }

    static func run(
        _ program: Program, _ arguments: [String], after preparation: String, as user: OtherUser? = nil,
        input: String = ""
    ) async throws -> Program.Ending {
        await Program.ending(of: try start(program, arguments, after: preparation, as: user, input: input))
    }
}

/// An ordinary user as whom the program is run by root.
struct OtherUser {
    static let reason: Comment = "only root may run a program as somebody else"
    /// `nobody` and its group.
    static let nobody = OtherUser(user: 65_534, group: 65_534)

    let user: uid_t
    let group: gid_t

    static var isPossible: Bool { geteuid() == 0 && access("/usr/bin/setpriv", X_OK) == 0 }

    var words: [String] { ["/usr/bin/setpriv", "--reuid=\(user)", "--regid=\(group)", "--clear-groups"] }

    /// Hands everything in a folder to the user.
    func own(_ folder: URL) {
        let below = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        for path in [folder.path] + below.map({ "\(folder.path)/\($0)" }) { lchown(path, user, group) }
    }
}
