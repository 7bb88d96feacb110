internal import ZoshKit

/// A file whose lines a stage runs, read and planned with the text the stage stands in.
///
/// A class, since it holds stages and a stage holds it.
final class PlannedFile: Sendable {
    let source: SourceText
    let plan: Plan
    /// Whether its lines set variables for those behind it.
    let sharesVariables: Bool

    init(source: SourceText, plan: Plan, sharesVariables: Bool) {
        self.source = source
        self.plan = plan
        self.sharesVariables = sharesVariables
    }
}

/// What is wrong in one text of several: a line and the files it runs.
struct TextMistakes: Sendable {
    let source: SourceText
    let errors: [ZoshError]
}

/// Files named literally in `source` and `replay`, read before anything runs. Pipes are skipped: they cannot be read
/// twice.
struct SourcedFiles: Sendable {
    /// Files read for one text at most.
    private static let most = 64

    private var texts: [String: SourceText] = [:]

    subscript(path: String) -> SourceText? { texts[path] }

    /// Reads the files a program runs, and those that they run.
    static func read(for program: ParsedText, _ registry: CommandRegistry, _ files: any FileReading, prefixes: Bool)
        async
        -> SourcedFiles
    {
        var found = SourcedFiles()
        var waiting = paths(in: program, registry, prefixes: prefixes)
        while let path = waiting.popLast(), found.texts.count < most {
            guard found.texts[path] == nil, files.isRegular(path), let text = try? await files.text(at: path) else {
                continue
            }
            let source = SourceText(LineBreaks.read(text), name: path)
            found.texts[path] = source
            waiting += paths(in: Parser.parse(source.text), registry, prefixes: false)
        }
        return found
    }

    /// Every word that may be the path of a file that is run.
    private static func paths(in program: ParsedText, _ registry: CommandRegistry, prefixes: Bool) -> [String] {
        program.lines.flatMap(\.statements).flatMap { paths(in: $0, registry, prefixes) }
    }

    private static func paths(in statement: Statement, _ registry: CommandRegistry, _ prefixes: Bool) -> [String] {
        switch statement.body {
        case .run(let pipeline), .keep(_, let pipeline), .alias(_, let pipeline):
            pipeline.stages.flatMap { paths(in: $0, registry, prefixes) }
        case .keepValue, .parameter: []
        }
    }

    private static func paths(in stage: Stage, _ registry: CommandRegistry, _ prefixes: Bool) -> [String] {
        let inner = stage.elements.flatMap { element -> [String] in
            guard case .block(let block) = element else { return [] }
            return block.statements.flatMap { paths(in: $0, registry, prefixes) }
        }
        let plain = stage.elements.prefix { $0.word?.plain != nil }
        let words = plain.compactMap { $0.word?.plain }
        guard !words.isEmpty,
            case .command(let entry, let count, _) = registry.resolve(
                words, spans: plain.map(\.span), prefixes: prefixes),
            entry.signature.states(.runsFile)
        else { return inner }
        return inner
            + stage.elements.dropFirst(count).compactMap { element in
                guard let word = element.word else { return nil }
                let value = word.assignment.map { $0.name == "file" ? $0.value : nil } ?? word
                return value.flatMap { ($0.dropping(bare: "@") ?? $0).literal }
            }
    }
}
