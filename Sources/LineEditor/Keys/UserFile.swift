internal import Glibc

/// The user's libedit configuration, as far as this room must know it.
enum UserFile {
    /// True when it has a line that chooses emacs or vi mode: libedit then forgets every binding made before.
    static var choosesMode: Bool {
        guard let text else { return false }
        return text.split(whereSeparator: { $0 == "\n" || $0 == "\r\n" }).contains { line in
            let words = line.split { $0 == " " || $0 == "\t" || $0 == ":" }
            guard let bind = words.firstIndex(of: "bind"), bind + 1 < words.count else { return false }
            return words[bind + 1] == "-e" || words[bind + 1] == "-v"
        }
    }

    /// What its `bind` lines bind, by what is typed. Only the keys matter that a terminal sends as sequences: the read
    /// hook must know them, since it swallows those that are not bound.
    static var bindings: [[Unicode.Scalar]: String] {
        var found: [[Unicode.Scalar]: String] = [:]
        for line in (text ?? "").split(whereSeparator: { $0 == "\n" || $0 == "\r\n" }) {
            let words = line.split { $0 == " " || $0 == "\t" }.map { String($0.filter { $0 != "\"" && $0 != "'" }) }
            guard words.count == 3, ["bind", "zosh:bind"].contains(words[0]) else { continue }
            found[KeyNotation.scalars(of: words[1])] = words[2]
        }
        return found
    }

    /// Where libedit itself looks: `EDITRC`, else `.editrc` in the home directory.
    private static var text: String? {
        let named = getenv("EDITRC").map { String(cString: $0) }
        guard let path = named ?? getenv("HOME").map({ String(cString: $0) + "/.editrc" }), let file = fopen(path, "r")
        else {
            return nil
        }
        defer { fclose(file) }
        // A configuration is short; whatever is longer is not read further.
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }
}
