internal import ZoshKit

/// Rewrites a text so that it names people by e-mail and roles and profiles by name: what holds in another
/// organisation, and tomorrow.
struct Renaming {
    let directory: DirectorySnapshot
    private var replacements: [(span: Span, text: String)] = []
    /// What could not be named otherwise.
    private(set) var unknown: [Mention] = []

    init(_ directory: DirectorySnapshot) { self.directory = directory }

    static func apply(to text: String, _ plan: Plan, _ directory: DirectorySnapshot) -> (text: String, unknown: [Mention]) {
        var renaming = Renaming(directory)
        renaming.read(plan.mentions(in: text))
        renaming.readConditions(of: plan, text)
        return (renaming.applied(to: text), renaming.unknown)
    }

    private mutating func read(_ mentions: [Mention]) {
        var options: [Span: [String]] = [:]
        for mention in mentions {
            guard let name = name(for: mention) else {
                unknown.append(mention)
                continue
            }
            if let option = mention.option {
                options[option, default: []].append(Syntax.quoted(name))
            } else if name != mention.text {
                replacements.append((mention.span, Syntax.quoted(name)))
            }
        }
        // An option that takes only ids gives way to the people themselves.
        for (span, names) in options where names.count == mentions.count(where: { $0.option == span }) {
            replacements.append((span, names.joined(separator: " ")))
        }
    }

    /// The e-mail or name to write; nil when an id is unknown here. What is no id stays as it is.
    private func name(for mention: Mention) -> String? {
        switch mention.kind {
        case .person:
            let found = directory.people(matching: mention.text)
            if found.count == 1, !found[0].email.isEmpty { return found[0].email }
            return mention.isID ? nil : mention.text
        case .role: return named(mention, directory.roles)
        case .profile: return named(mention, directory.profiles)
        }
    }

    private func named(_ mention: Mention, _ all: [NamedID]) -> String? {
        guard mention.isID else { return mention.text }
        return all.first { $0.id == mention.text }?.name
    }

    /// `where id == 4150868000000411001` becomes `where email == ada@x`.
    private mutating func readConditions(of plan: Plan, _ text: String) {
        let places = plan.pipelines.flatMap(\.stages).filter { $0.condition != nil }.map(\.span)
        guard !places.isEmpty else { return }
        let words = Lexer.lex(text).tokens.compactMap { token -> Word? in
            guard case .word(let word) = token.kind, places.contains(where: { $0.lower <= word.span.lower && word.span.upper <= $0.upper })
            else { return nil }
            return word
        }
        for (index, word) in words.enumerated() {
            // `in (1,2)` is a word or two with its parentheses.
            guard let literal = word.literal, let value = literal.split(whereSeparator: { "(),".contains($0) }).first.map(String.init) else { continue }
            let mention = Mention(kind: .person, text: value, span: word.span)
            guard mention.isID, value.utf8.count >= 15 else { continue }
            let person = directory.people(matching: value).first
            guard value == literal, index >= 2, words[index - 2].plain == "id", ["==", "=", "!="].contains(words[index - 1].plain), let person else {
                unknown.append(mention)
                continue
            }
            replacements.append((words[index - 2].span, "email"))
            replacements.append((word.span, Syntax.quoted(person.email)))
        }
    }

    private func applied(to text: String) -> String { TextEdit.apply(replacements, to: text) }
}

/// Pieces of a text replaced by others.
enum TextEdit {
    static func apply(_ replacements: [(span: Span, text: String)], to text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        var place = 0
        for (span, piece) in replacements.sorted(by: { $0.span.lower < $1.span.lower }) where span.lower >= place {
            result.append(contentsOf: scalars[place..<span.lower])
            result.append(contentsOf: piece.unicodeScalars)
            place = span.upper
        }
        result.append(contentsOf: scalars[place...])
        return String(result)
    }
}
