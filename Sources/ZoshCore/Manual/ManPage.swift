/// One man page being written: macros by name, so that no text can be taken for one.
struct ManPage: Sendable {
    /// `zosh-users-list`.
    let name: String
    let section: Int
    private var lines: [String]

    /// `zosh-users-list.1`, as it lies in its folder.
    var file: String { "\(name).\(section)" }
    var text: String { lines.joined(separator: "\n") + "\n" }

    init(_ name: String, section: Int = 1, version: String) {
        self.name = name
        self.section = section
        // Without a date: the same program prints the same page.
        lines = [
            ".TH \(Self.escaped(name.uppercased())) \(section) \"\" \"\(Self.escaped("zosh \(version)"))\" \"zosh\""
        ]
    }

    /// Another name of a page, which `man` follows.
    init(_ name: String, sameAs other: ManPage) {
        self.name = name
        section = other.section
        lines = [".so man\(other.section)/\(other.file)"]
    }

    mutating func heading(_ text: String) { lines.append(".SH \(Self.escaped(text))") }

    mutating func subheading(_ text: String) { lines.append(".SS \(Self.escaped(text))") }

    /// The text below a heading.
    mutating func paragraph(_ text: String) { lines.append(Self.line(text)) }

    /// Texts that each begin a line and may continue in the next.
    mutating func list(_ texts: [String]) {
        lines += texts.map(Self.line).flatMap { [$0, ".br"] }.dropLast()
    }

    /// What is typed, and below it what it means.
    mutating func item(_ typed: String, _ meaning: String) {
        lines += [".TP", "\\fB\(Self.escaped(typed))\\fR", meaning.isEmpty ? "\\&" : Self.line(meaning)]
    }

    /// Pages to read next: `zosh(1)`.
    mutating func references(_ pages: [(name: String, section: Int)]) {
        guard !pages.isEmpty else { return }
        heading("SEE ALSO")
        for (index, page) in pages.enumerated() {
            lines.append(
                ".BR \(Self.escaped(page.name)) (\(page.section))\(index == pages.count - 1 ? "" : " ,")")
        }
    }

    /// A line of text: a dot or a quote at its beginning would be a macro.
    private static func line(_ text: String) -> String {
        let escaped = escaped(text)
        return escaped.hasPrefix(".") ? "\\&" + escaped : escaped
    }

    /// What stands for itself on a page: a bare hyphen is a short dash there, quotes and carets become typographic.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "\\": escaped += "\\(rs"
            case "-": escaped += "\\-"
            case "'": escaped += "\\(aq"
            case "`": escaped += "\\(ga"
            case "^": escaped += "\\(ha"
            case "~": escaped += "\\(ti"
            case "\"": escaped += "\\(dq"
            case "\n": escaped += " "
            default: escaped.append(character)
            }
        }
        return escaped
    }
}
