internal import ZoshKit

/// Replaces a stage that begins with an alias by what the alias stands for.
///
/// The words that followed the alias go to its last stage. Every replaced word takes the place of the alias, because
/// that is what the person typed. An alias is expanded once within itself, so a cycle ends; aliases that double one
/// another are cut off.
enum AliasExpansion {
    static let most = 200
    /// How deep aliases may stand in the blocks of aliases. Each block is expanded when its own turn comes, so that a
    /// cycle through one shows only there.
    static let deepest = 8

    static func expand(_ stage: Stage, _ aliases: [String: String], within used: Set<String> = []) throws(ZoshError)
        -> [Stage]
    {
        guard let word = stage.elements.first?.word, let name = word.plain, let text = aliases[name],
            !used.contains(name)
        else {
            return [stage]
        }
        let program = Parser.parse(text)
        guard program.errors.isEmpty, program.lines.count == 1, program.lines[0].statements.count == 1,
            case .run(let pipeline) = program.lines[0].statements[0].body
        else {
            throw ZoshError(
                .usage, "the alias '\(name)' cannot be read", at: word.span, remedy: "alias --remove \(name)")
        }
        var stages = pipeline.stages.map {
            Stage(elements: $0.elements.map { $0.moved(to: word.span) }, span: word.span)
        }
        let last = stages.removeLast()
        stages.append(Stage(elements: last.elements + stage.elements.dropFirst(), span: stage.span))
        var result: [Stage] = []
        for stage in stages {
            result += try expand(stage, aliases, within: used.union([name]))
            guard result.count <= most else {
                throw ZoshError(.usage, "'\(name)' stands for too long a pipeline", at: word.span)
            }
        }
        return result
    }
}

extension Element {
    fileprivate func moved(to place: Span) -> Element {
        switch self {
        case .word(let word): .word(word.moved(to: place))
        case .block(let block): .block(Block(statements: block.statements.map { $0.moved(to: place) }, span: place))
        }
    }
}

extension Word {
    fileprivate func moved(to place: Span) -> Word {
        Word(fragments: fragments.map { Fragment(kind: $0.kind, text: $0.text, span: place) }, span: place)
    }
}

extension Statement {
    fileprivate func moved(to place: Span) -> Statement {
        func moved(_ name: Name) -> Name { Name(text: name.text, span: place) }
        let body: Body =
            switch self.body {
            case .run(let pipeline): .run(pipeline.moved(to: place))
            case .keep(let name, let pipeline): .keep(name: moved(name), pipeline.moved(to: place))
            case .keepValue(let name, let word): .keepValue(name: moved(name), word.moved(to: place))
            case .alias(let name, let pipeline): .alias(name: moved(name), pipeline.moved(to: place))
            case .parameter(let declaration):
                .parameter(
                    Declaration(
                        name: moved(declaration.name), type: moved(declaration.type),
                        defaultValue: declaration.defaultValue?.moved(to: place)))
            }
        return Statement(condition: condition, body: body, span: place)
    }
}

extension Pipeline {
    fileprivate func moved(to place: Span) -> Pipeline {
        Pipeline(
            stages: stages.map { Stage(elements: $0.elements.map { $0.moved(to: place) }, span: place) }, span: place)
    }
}
