import CLinux
import Glibc
import ZoshKit

/// What the process was given when it started: its arguments, and what it reads of its environment.
///
/// Both are bytes. Swift would put U+FFFD in the place of those that are not UTF-8, and then another file would be
/// opened or another value be sent than was meant: they are refused instead.
enum StartingText {
    /// The variables whose values zosh itself reads as text.
    private static func isRead(_ name: Substring) -> Bool {
        name.hasPrefix("ZOSH_") || name.hasPrefix("ZOHO_")
            || ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "PATH"].contains(name)
    }

    /// The arguments without the program's name.
    static func arguments() throws(ZoshError) -> [String] {
        var words: [String] = []
        for index in 1..<max(1, Int(zosh_argument_count())) {
            guard let bytes = zosh_argument(CInt(index)) else { break }
            words.append(try text(bytes, "argument \(index)"))
        }
        return words
    }

    /// - Throws: when a variable that zosh reads is not UTF-8.
    static func checkEnvironment() throws(ZoshError) {
        var next = environ
        while let entry = next.pointee {
            next += 1
            let shown = String(cString: entry)
            guard shown.contains("\u{FFFD}"), let sign = shown.firstIndex(of: "="), isRead(shown[..<sign]) else {
                continue
            }
            _ = try text(entry + shown[..<sign].utf8.count + 1, "the variable \(shown[..<sign])")
        }
    }

    private static func text(_ bytes: UnsafePointer<CChar>, _ what: String) throws(ZoshError) -> String {
        if let text = String(validatingCString: bytes) { return text }
        throw NotText.error(
            UnsafeRawBufferPointer(start: bytes, count: strlen(bytes)), what,
            remedy: "set the terminal and the locale to UTF-8 (LC_ALL=C.UTF-8), or rename the file that is meant")
    }
}
