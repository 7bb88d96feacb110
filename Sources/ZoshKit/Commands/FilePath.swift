internal import Glibc

/// Paths as people write them.
public enum FilePath {
    /// `~` and `~/x` below the home folder, as a shell would read them; any other path as it is.
    public static func resolved(_ path: String) -> String {
        guard path == "~" || path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
        return String(cString: home) + path.dropFirst()
    }
}
