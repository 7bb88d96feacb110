import Glibc
import ZoshKit

/// Where zosh keeps its files: one folder under `ZOSH_HOME`, else the XDG directories.
///
/// Nothing is looked for and nothing made before a command needs it: `version`, `help` and `--demo` need none of it. A
/// home that cannot be used is therefore an error of the commands that would use it, which all do so through the store.
struct Places: Sendable {
    /// The sealed store and its lock files.
    let data: String
    /// `init.zosh`.
    let configuration: String
    /// Why neither may be used; nil when they may.
    let refusal: ZoshError?

    /// What an interactive shell runs before its first prompt, when it is there.
    var initFile: String { configuration + "/init.zosh" }

    /// Nothing can be there.
    private static let nowhere = "/dev/null/zosh"

    /// - Parameters:
    ///   - home: `ZOSH_HOME`.
    ///   - user: who we are.
    ///   - database: the home folder the system's list of users names.
    ///   - environment: looks a variable up.
    init(
        home: String?, user: uid_t = geteuid(), database: () -> String? = { FilePath.homeInDatabase },
        environment: (String) -> String?
    ) {
        if let home {
            let isAbsolute = home.hasPrefix("/")
            (data, configuration) = isAbsolute ? (home, home) : (Self.nowhere, Self.nowhere)
            // A relative path would mean another store in each folder that zosh is started in.
            refusal =
                isAbsolute
                ? nil
                : ZoshError(
                    .local, "ZOSH_HOME is not an absolute path: '\(home.neutralised)'",
                    remedy: "set ZOSH_HOME to an absolute path, which begins with /")
            return
        }
        // XDG Base Directory Specification: an unset or relative value means the default below $HOME.
        func directory(_ name: String, _ below: String) throws(ZoshError) -> String {
            if let path = environment(name), path.hasPrefix("/") {
                try UserHome.checkOwner(of: path, named: name, as: user)
                return path + "/zosh"
            }
            return try "\(UserHome.path(environment("HOME"), user: user, database: database))/\(below)/zosh"
        }
        do {
            let places = (try directory("XDG_DATA_HOME", ".local/share"), try directory("XDG_CONFIG_HOME", ".config"))
            (data, configuration, refusal) = (places.0, places.1, nil)
        } catch {
            (data, configuration, refusal) = (Self.nowhere, Self.nowhere, error)
        }
    }
}
