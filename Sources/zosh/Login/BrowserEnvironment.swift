import CLinux
import Glibc
import ZohoClient
import ZoshKit

extension BrowserEnvironment {
    /// This machine, by its environment. Over ssh the browser is where the person is, and `localhost` there is not
    /// here.
    static var here: BrowserEnvironment {
        func isSet(_ name: String) -> Bool { getenv(name).map { strlen($0) > 0 } ?? false }
        return BrowserEnvironment(
            hasDisplay: isSet("DISPLAY") || isSet("WAYLAND_DISPLAY"),
            isRemote: isSet("SSH_CONNECTION") || isSet("SSH_TTY"),
            open: { Browser.open($0) })
    }
}

/// Starts the desktop's browser in its own session, with an environment that holds nothing of ours.
enum Browser {
    private static let kept = [
        "PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY",
        "DBUS_SESSION_BUS_ADDRESS",
        "XDG_RUNTIME_DIR", "XDG_SESSION_TYPE", "XDG_CURRENT_DESKTOP", "XDG_DATA_DIRS", "XDG_CONFIG_DIRS", "BROWSER",
    ]

    /// The address holds a client id, scopes and a state; no secret and no code.
    static func open(_ address: String) -> Bool {
        guard let program = ProgramPath.of("xdg-open", anywhere: false) else { return false }
        let nothing = Glibc.open("/dev/null", O_RDWR | O_CLOEXEC)
        guard nothing >= 0 else { return false }
        defer { close(nothing) }
        let variables = kept.compactMap { name in getenv(name).map { "\(name)=\(String(cString: $0))" } }
        var child: CInt = 0
        let failed = withCStrings([program, address]) { words in
            withCStrings(variables) { variables in
                zosh_spawn_apart(
                    program, words, variables, nothing, nothing, nothing, CInt(ZOSH_UNBOUND), &child) != 0
            }
        }
        guard !failed else { return false }
        let started = child
        Task.detached {
            // xdg-open ends once the browser has the address; nothing waits for the browser.
            var status: CInt = 0
            while waitpid(started, &status, WNOHANG) == 0 { try? await Task.sleep(for: .milliseconds(200)) }
        }
        return true
    }
}
