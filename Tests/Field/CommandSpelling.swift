import ZoshKit

@testable import ZoshCore
@testable import zosh

/// Finds the commands and options that a sentence spells, and says which of them do not exist.
struct CommandSpelling {
    struct Reading {
        var commands = 0
        var mistakes: [String] = []
    }

    private let registry: CommandRegistry
    private let signatures: [String: Signature]
    /// Words that begin a command of two words and mean nothing else: `users`, `auth`.
    private let groups: Set<String>
    /// What stands before the last word of a command of three words.
    private let subgroups: Set<String>
    /// What stands behind the name of a group where it is a plain word: "users have no field".
    private static let prose: Set<String> = [
        "a", "about", "according", "activate", "after", "again", "and", "are", "as", "at", "back", "be",
        "before", "behind", "by", "can", "cannot", "changed", "could", "each", "file", "for", "format", "from",
        "given", "has", "have", "here", "hold", "in", "is", "it", "kind", "know", "known", "later", "like", "line",
        "looks", "made", "matches", "may", "mode", "next", "nor", "not", "of", "on", "one", "or", "out",
        "previous", "reach", "sent", "shows", "stands", "stay", "stored", "than", "that", "the", "there", "to",
        "types", "up", "was", "were", "which", "who", "whom", "whose", "with", "without", "would", "your",
    ]
    /// Options of programs that are not ours.
    private static let foreign: Set<String> = ["decompress"]
    private static let outer: Set<String> = [
        "connection", "format", "yes", "at-most", "dry-run", "read-only", "allow-external", "no-color", "trace", "demo",
        "demo-users", "demo-seed", "demo-world", "demo-faults", "version", "help",
    ]

    init(_ registry: CommandRegistry) {
        self.registry = registry
        var signatures: [String: Signature] = [:]
        for entry in registry.entries {
            for path in [entry.signature.path] + entry.signature.aliases {
                signatures[path.joined(separator: " ")] = entry.signature
            }
        }
        self.signatures = signatures
        subgroups = Set(
            signatures.keys.map { $0.split(separator: " ") }.filter { $0.count > 2 }.map {
                $0.prefix(2).joined(separator: " ")
            })
        groups = Set(signatures.keys.compactMap { $0.split(separator: " ").dropLast().first.map(String.init) })
    }

    func read(_ text: String) -> Reading {
        var reading = Reading()
        // A stage, an alternative and a further sentence end what the options before them belong to.
        for part in Self.parts(of: text) { read(part: part, &reading) }
        return reading
    }

    private func read(part: String, _ reading: inout Reading) {
        let words = part.split { $0.isWhitespace || "`()".contains($0) }.map(Self.bare).filter { !$0.isEmpty }
        var current: Signature?
        var index = 0
        while index < words.count {
            if let (signature, count) = command(at: index, in: words) {
                current = signature
                reading.commands += 1
                index += count
                continue
            }
            let word = words[index]
            if word == "zosh" { current = nil }
            if groups.contains(word), index + 1 < words.count, Self.isPlain(words[index + 1]),
                !Self.prose.contains(words[index + 1]), !subgroups.contains("\(word) \(words[index + 1])")
            {
                reading.mistakes.append("\(word) \(words[index + 1])")
            }
            if word.hasPrefix("--") {
                let name = String(word.dropFirst(2).prefix { $0 == "-" || $0.isLetter || $0.isNumber })
                if !name.isEmpty, !knows(option: name, current) { reading.mistakes.append(word) }
                if let parameter = current?.parameter(named: name), index + 1 < words.count,
                    !Self.takes(parameter, words[index + 1])
                {
                    reading.mistakes.append("\(word) \(words[index + 1])")
                }
            } else if let name = Self.assigned(word), let current, !Self.takes(current, name, in: word) {
                reading.mistakes.append(word)
            }
            index += 1
        }
    }

    /// Whether what a hint says to add to the line fits one of the line's commands.
    func takes(_ hint: String, on line: String) -> Bool {
        guard let added = hint.prefixMatch(of: /(?:add |did you mean ')--([a-z0-9-]+)/) else { return true }
        let name = String(added.1)
        if Self.outer.contains(name) { return true }
        let stages = line.split { "|;{}\n".contains($0) }.map(String.init)
        return stages.contains { stage in
            let words = stage.split { $0.isWhitespace }.map(String.init)
            return words.indices.contains { start in
                (1...3).contains { count in
                    let path = words[start...].prefix(count).joined(separator: " ")
                    return signatures[path]?.parameter(named: name) != nil
                }
            }
        }
    }

    // MARK: Words

    private func knows(option name: String, _ current: Signature?) -> Bool {
        if Self.foreign.contains(name) { return true }
        if name == FormatRequest.name || name == "help" { return true }
        if let current {
            return current.parameter(named: name) != nil || Self.outer.contains(name) && name == "connection"
        }
        return Self.outer.contains(name) || signatures.values.contains { $0.parameter(named: name) != nil }
    }

    /// The longest command that begins at a word. A command of one word counts where an option or a value follows that
    /// no sentence would have: `use` and `open` are English words too.
    private func command(at index: Int, in words: [String]) -> (Signature, Int)? {
        for count in [3, 2] where index + count <= words.count {
            let path = words[index..<index + count].joined(separator: " ")
            if let signature = signatures[path] { return (signature, count) }
        }
        guard let signature = signatures[words[index]] else { return nil }
        let isAlone = index == 0 || words[index - 1] == "zosh"
        let next = index + 1 < words.count ? words[index + 1] : ""
        let isCalled = next.hasPrefix("--") || next == next.uppercased() && next.contains { $0.isLetter } || next == "…"
        return isAlone && isCalled ? (signature, 1) : nil
    }

    /// A text in pieces within which a command goes on.
    private static func parts(of text: String) -> [String] {
        var parts = [""]
        let characters = Array(text)
        for (index, character) in characters.enumerated() {
            let next = index + 1 < characters.count ? characters[index + 1] : " "
            let ends = "|;\n".contains(character) || ",:".contains(character) && next.isWhitespace
            if ends { parts.append("") } else { parts[parts.count - 1].append(character) }
        }
        return parts
    }

    private static func bare(_ word: Substring) -> String {
        var word = word
        while let last = word.last, ",.:;?'\"".contains(last) { word = word.dropLast() }
        while let first = word.first, "'\"".contains(first) { word = word.dropFirst() }
        return String(word)
    }

    /// Whether a command takes `name=value`: an option and a value it has, or a field of the noun whose fields it sets.
    private static func takes(_ signature: Signature, _ name: String, in word: String) -> Bool {
        if let parameter = signature.parameter(named: name) {
            return takes(parameter, String(word.dropFirst(name.count + 1)))
        }
        guard let resource = signature.fields else { return signature.takesFields }
        // What is not documented may be meant as an example of a field that an organisation has made.
        if case .unknown = resource.fieldNames.meaning(of: name) { return placeholders.contains(name) }
        return true
    }

    /// Whether a value can be one of a parameter; a place for one (`FILE`, `…`) can.
    private static func takes(_ parameter: Parameter, _ value: String) -> Bool {
        guard case .choice(let words) = parameter.type.element, value != value.uppercased(), !value.hasPrefix("-"),
            value.allSatisfy({ $0.isLetter || $0.isNumber || ",_-".contains($0) }), parameter.kind == .option
        else { return true }
        return value.split(separator: ",").allSatisfy { words.contains(String($0)) }
    }

    /// What stands for any field in a sentence.
    private static let placeholders: Set<String> = ["field", "name"]

    private static func isPlain(_ word: String) -> Bool { word.allSatisfy { $0.isLowercase || $0 == "-" } }

    private static func assigned(_ word: String) -> String? {
        guard let sign = word.firstIndex(of: "="), sign != word.startIndex else { return nil }
        let name = word[..<sign]
        guard !word[sign...].hasPrefix("=="), name != name.uppercased(),
            name.allSatisfy({ $0.isLetter || $0 == "-" || $0 == "_" })
        else {
            return nil
        }
        return String(name)
    }
}
