import ZoshKit

/// Reads `.env` the way other tools do: `NAME=value` lines, `export`, quotes, comments; the last of several lines
/// counts.
///
/// Line ends of every system, a byte order mark, and blanks around name and value are never meant and are dropped.
/// In double quotes `\n`, `\r`, `\t`, `\"`, `\\` and `\$` have their usual meaning; single quotes and backquotes take
/// everything as it is. A quoted value may hold line breaks; without quotes a comment begins at a `#` behind a blank.
struct DotEnv {
    /// The values of the names asked for.
    private(set) var values: [String: String] = [:]

    /// - Parameter names: the only names looked at; other lines are other programs' and may hold anything.
    /// - Throws: `ZoshError.local` naming the line of a value that cannot be read, or what the whole file is instead.
    init(_ bytes: [UInt8], path: String, names: Set<String>) throws(ZoshError) {
        let isWide = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.contains(0)
        guard !isWide else {
            throw ZoshError(.local, "\(path) is UTF-16 or not text", remedy: "save it as UTF-8")
        }
        var reader = Reader(Array(String(decoding: bytes, as: UTF8.self).unicodeScalars))
        while let line = reader.assignment() {
            guard names.contains(line.name) else { continue }
            guard let value = line.value else {
                throw ZoshError(
                    .local, "\(path):\(line.number): the value of \(line.name) has a quote that does not end",
                    remedy: "close it on the same line")
            }
            guard !value.unicodeScalars.contains("\u{FFFD}") else {
                throw ZoshError(
                    .local, "\(path):\(line.number): the value of \(line.name) is not UTF-8",
                    remedy: "save the file as UTF-8")
            }
            guard value.unicodeScalars.first.map({ !"“”„‘’‚«»".unicodeScalars.contains($0) }) ?? true else {
                throw ZoshError(
                    .local, "\(path):\(line.number): the value of \(line.name) has typographic quotes",
                    remedy: "use straight quotes, or none")
            }
            values[line.name] = value
        }
    }

    private struct Assignment {
        let name: String
        /// Nil when a quote stays open, or something stands behind the closing one.
        let value: String?
        let number: Int
    }

    private struct Reader {
        private let text: [Unicode.Scalar]
        private var place = 0
        private var number = 1

        init(_ text: [Unicode.Scalar]) {
            self.text = text
            if text.first == "\u{FEFF}" { place = 1 }
        }

        private var next: Unicode.Scalar? { place < text.count ? text[place] : nil }
        private static func isBreak(_ scalar: Unicode.Scalar) -> Bool { scalar == "\n" || scalar == "\r" }
        private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
            (scalar.properties.isWhitespace && !isBreak(scalar)) || scalar == "\u{FEFF}" || scalar == "\u{200B}"
        }

        /// The next line that assigns something; nil at the end.
        mutating func assignment() -> Assignment? {
            while next != nil {
                let number = number
                skipBlanks()
                var name = word()
                if name == "export", next.map(Self.isBlank) == true {
                    skipBlanks()
                    name = word()
                }
                skipBlanks()
                guard !name.isEmpty, next == "=" || next == ":" else {
                    endLine()
                    continue
                }
                place += 1
                skipBlanks()
                let value = value()
                endLine()
                return Assignment(name: name, value: value, number: number)
            }
            return nil
        }

        private mutating func skipBlanks() { while next.map(Self.isBlank) == true { place += 1 } }

        private mutating func word() -> String {
            var word = String.UnicodeScalarView()
            while let scalar = next,
                scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "_.-".unicodeScalars.contains(scalar)
            {
                word.append(scalar)
                place += 1
            }
            return String(word)
        }

        private mutating func endLine() {
            while let scalar = next, !Self.isBreak(scalar) { place += 1 }
            guard let scalar = next else { return }
            place += scalar == "\r" && place + 1 < text.count && text[place + 1] == "\n" ? 2 : 1
            number += 1
        }

        private mutating func value() -> String? {
            guard let quote = next, quote == "\"" || quote == "'" || quote == "`" else { return bare() }
            let start = (place, number)
            if let quoted = quoted(by: quote) { return quoted }
            // Another line must not disappear in a quote that never ends.
            (place, number) = start
            return nil
        }

        private mutating func bare() -> String {
            var value = String.UnicodeScalarView()
            var last: Unicode.Scalar = " "
            while let scalar = next, !Self.isBreak(scalar), !(scalar == "#" && Self.isBlank(last)) {
                value.append(scalar)
                last = scalar
                place += 1
            }
            while let end = value.last, Self.isBlank(end) { value.removeLast() }
            return String(value)
        }

        private mutating func quoted(by quote: Unicode.Scalar) -> String? {
            var value = String.UnicodeScalarView()
            place += 1
            while let scalar = next, scalar != quote {
                place += 1
                if scalar == "\n" || (scalar == "\r" && next != "\n") { number += 1 }
                if scalar == "\\", quote == "\"", let escaped = next, let meant = Self.escapes[escaped] {
                    value.append(meant)
                    place += 1
                } else {
                    value.append(scalar)
                }
            }
            guard next == quote else { return nil }
            place += 1
            skipBlanks()
            return next == nil || next == "#" || next.map(Self.isBreak) == true ? String(value) : nil
        }

        private static let escapes: [Unicode.Scalar: Unicode.Scalar] = [
            "n": "\n", "r": "\r", "t": "\t", "\"": "\"", "\\": "\\", "$": "$",
        ]
    }
}
