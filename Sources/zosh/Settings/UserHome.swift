import Glibc
import ZoshKit

/// The home folder zosh may keep its files below: the user's own, as the environment or the system names it.
enum UserHome {
    private static let remedy = "set HOME to your home folder, or ZOSH_HOME to a folder for zosh"

    /// - Parameters:
    ///   - said: `HOME`; nil when it is not set.
    ///   - database: asked only then.
    static func path(_ said: String?, user: uid_t, database: () -> String?) throws(ZoshError) -> String {
        guard let path = said ?? database() else {
            throw ZoshError(
                .local, "HOME is not set, and the system knows no home folder of user \(user)", remedy: remedy)
        }
        guard !path.isEmpty else { throw ZoshError(.local, "HOME is empty", remedy: remedy) }
        let shown = path.neutralised
        guard path.hasPrefix("/") else {
            throw ZoshError(.local, "HOME is not an absolute path: '\(shown)'", remedy: remedy)
        }
        var facts = stat()
        guard stat(path, &facts) == 0 else {
            let why =
                errno == ENOENT ? "does not exist" : "cannot be used: \(String(cString: strerror(errno)).lowercased())"
            throw ZoshError(.local, "the home folder '\(shown)' \(why)", remedy: remedy)
        }
        guard facts.st_mode & S_IFMT == S_IFDIR else {
            throw ZoshError(.local, "the home folder '\(shown)' is not a folder", remedy: remedy)
        }
        try checkOwner(facts, of: path, named: "HOME", as: user)
        return path
    }

    /// Root may write everywhere, and the owner of a home cannot use the files root makes there: `sudo` keeps HOME on
    /// some systems.
    static func checkOwner(of path: String, named name: String, as user: uid_t) throws(ZoshError) {
        var place = path[...]
        var facts = stat()
        // What is missing would be made, so the first folder on the way up that is there counts.
        while stat(place.isEmpty ? "/" : String(place), &facts) != 0 {
            guard let slash = place.lastIndex(of: "/") else { return }
            place = place[..<slash]
        }
        try checkOwner(facts, of: path, named: name, as: user)
    }

    private static func checkOwner(_ facts: stat, of path: String, named name: String, as user: uid_t) throws(ZoshError)
    {
        guard user == 0, facts.st_uid != 0 else { return }
        throw ZoshError(
            .local, "\(name) is '\(path.neutralised)', which belongs to user \(facts.st_uid) and not to root",
            remedy: "run sudo -H zosh …, or set ZOSH_HOME to the folder zosh should use")
    }
}
