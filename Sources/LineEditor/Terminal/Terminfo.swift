internal import Glibc

/// Whether the system describes a kind of terminal. libedit draws on one it finds no description of as on paper, and
/// says so in the middle of the screen.
enum Terminfo {
    /// What a terminal without a description is taken for: all made in this century understand it.
    static let fallback = "xterm-256color"

    /// Looks where ncurses looks.
    static func describes(_ name: String, environment: (String) -> String?) -> Bool {
        guard let first = name.unicodeScalars.first, !name.contains("/") else { return false }
        let folders = [String(first), String(first.value, radix: 16)]
        return places(environment).contains { place in folders.contains { access("\(place)/\($0)/\(name)", R_OK) == 0 }
        }
    }

    private static func places(_ environment: (String) -> String?) -> [String] {
        let own = [environment("TERMINFO"), environment("HOME").map { $0 + "/.terminfo" }].compactMap(\.self)
        let listed = (environment("TERMINFO_DIRS") ?? "").split(separator: ":").map(String.init)
        return own + listed + ["/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo", "/usr/lib/terminfo"]
    }
}
