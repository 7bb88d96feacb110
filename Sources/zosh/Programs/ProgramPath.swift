import Glibc

/// Where a program is, as `sh` finds it.
enum ProgramPath {
    /// - Parameter anywhere: whether a folder of `PATH` may be one below the folder we are in.
    /// - Returns: the path, which a name with a slash is already; nil when no folder of `PATH` has such a program.
    static func of(_ name: String, anywhere: Bool = true) -> String? {
        guard !name.contains("/") else { return name }
        let folders = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
        return folders.split(separator: ":").map { "\($0)/\(name)" }.first {
            (anywhere || $0.hasPrefix("/")) && isProgram($0)
        }
    }

    static func isProgram(_ path: String) -> Bool { access(path, X_OK) == 0 }
}
