import ZoshKit

/// Where zosh keeps its files: one folder under `ZOSH_HOME`, else the XDG directories.
struct Places: Sendable {
    /// The sealed store and its lock files.
    let data: String
    /// `init.zosh`.
    let configuration: String

    /// What an interactive shell runs before its first prompt, when it is there.
    var initFile: String { configuration + "/init.zosh" }

    /// - Parameter environment: looks a variable up.
    init(home: String?, environment: (String) -> String?) throws {
        if let home {
            data = home
            configuration = home
            return
        }
        // XDG Base Directory Specification: an unset or relative value means the default below $HOME.
        func directory(_ name: String, _ below: String) throws -> String {
            if let path = environment(name), path.hasPrefix("/") { return path + "/zosh" }
            guard let user = environment("HOME"), user.hasPrefix("/") else {
                throw ZoshError(.local, "neither ZOSH_HOME nor HOME says where zosh may keep its files", remedy: "set ZOSH_HOME")
            }
            return "\(user)/\(below)/zosh"
        }
        data = try directory("XDG_DATA_HOME", ".local/share")
        configuration = try directory("XDG_CONFIG_HOME", ".config")
    }
}
