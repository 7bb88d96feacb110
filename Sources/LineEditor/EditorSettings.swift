/// How the editor behaves; asked before every line, so a change takes effect at the next prompt.
public struct EditorSettings: Equatable, Sendable {
    public enum Mode: String, Sendable {
        case emacs, vi
    }

    /// nil leaves the choice to the user's `.editrc`, and emacs when that says nothing.
    public var mode: Mode?
    /// For screen readers: output only ever moves forward; no hints behind the cursor, no menus below the line.
    public var isAccessible: Bool
    /// Commands of libedit's configuration language, e.g. `["bind", "^T", "zosh-complete"]`.
    public var commands: [[String]]

    public init(mode: Mode? = nil, isAccessible: Bool = false, commands: [[String]] = []) {
        self.mode = mode
        self.isAccessible = isAccessible
        self.commands = commands
    }
}
