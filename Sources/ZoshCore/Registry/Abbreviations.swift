internal import ZoshKit

/// Writes abbreviated commands out, so that history and recordings hold full names.
///
/// What is abbreviated today can become ambiguous with a new module tomorrow; a full name cannot.
struct Abbreviations {
    let registry: CommandRegistry
    let aliases: [String: String]
    private var replacements: [(span: Span, text: String)] = []

    static func writtenOut(_ text: String, _ registry: CommandRegistry, aliases: [String: String]) -> String {
        var abbreviations = Abbreviations(registry: registry, aliases: aliases)
        for line in Parser.parse(text).lines { abbreviations.find(in: line.statements) }
        return abbreviations.applied(to: text)
    }

    private init(registry: CommandRegistry, aliases: [String: String]) {
        self.registry = registry
        self.aliases = aliases
    }

    private mutating func find(in statements: [Statement]) {
        for statement in statements {
            switch statement.body {
            case .run(let pipeline), .keep(_, let pipeline), .alias(_, let pipeline):
                pipeline.stages.forEach { find(in: $0) }
            case .keepValue, .parameter: break
            }
        }
    }

    private mutating func find(in stage: Stage) {
        let plain = stage.elements.prefix { $0.word?.plain != nil }.compactMap(\.word)
        let words = plain.compactMap(\.plain)
        if let first = words.first, aliases[first] == nil,
            case .command(_, let count, let path) = registry.resolve(words, spans: plain.map(\.span), prefixes: true)
        {
            for index in 0..<count where words[index] != path[index] {
                replacements.append((plain[index].span, path[index]))
            }
        }
        for case .block(let block) in stage.elements { find(in: block.statements) }
    }

    private func applied(to text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        var place = 0
        for (span, name) in replacements.sorted(by: { $0.span.lower < $1.span.lower }) {
            result.append(contentsOf: scalars[place..<span.lower])
            result.append(contentsOf: name.unicodeScalars)
            place = span.upper
        }
        result.append(contentsOf: scalars[place...])
        return String(result)
    }
}
