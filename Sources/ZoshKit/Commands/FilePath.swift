internal import Glibc

/// Paths as people write them.
///
/// For example `FilePath.resolved("~/users.csv")` is "/home/ada/users.csv".
public enum FilePath {
    /// `~` and `~/x` below the home folder, as a shell would read them; any other path as it is.
    public static func resolved(_ path: String) -> String {
        guard path == "~" || path.hasPrefix("~/") else { return path }
        guard let home = getenv("HOME").map({ String(cString: $0) }) ?? homeInDatabase else { return path }
        return home + path.dropFirst()
    }

    /// The home folder the system's list of users names for the user we are; nil when it names none.
    public static var homeInDatabase: String? {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var space = [CChar](repeating: 0, count: 16_384)
        guard getpwuid_r(geteuid(), &entry, &space, space.count, &found) == 0, found != nil, let home = entry.pw_dir
        else { return nil }
        let path = String(cString: home)
        return path.isEmpty ? nil : path
    }
}
