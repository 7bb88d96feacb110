public import ZoshKit

/// What a text means before it is known which commands exist: lines of statements, with the place of every word.
public struct ParsedText: Sendable, Equatable {
    public var lines: [Line] = []
    /// What could not be read; the lines it stood in are absent from `lines`.
    public var errors: [ZoshError] = []

    /// The text ends before it is complete, and nothing else is wrong with it: a prompt asks for more.
    public var isIncomplete: Bool { !errors.isEmpty && errors.allSatisfy { $0.kind == .incomplete } }
}

/// What stands before a line break that is not continued.
public struct Line: Sendable, Hashable {
    public let statements: [Statement]
    public let span: Span
}

/// One pipeline of a line, with what decides whether it runs.
public struct Statement: Sendable, Hashable {
    public enum Condition: Sendable, Hashable {
        /// First of its line, or after `;`.
        case always
        /// After `&&`.
        case ifDone
        /// After `||`.
        case ifFailed
    }

    public enum Body: Sendable, Hashable {
        case run(Pipeline)
        /// `let NAME = PIPELINE`
        case keep(name: Name, Pipeline)
        /// `let NAME = 'value'`
        case keepValue(name: Name, Word)
        /// `alias NAME = PIPELINE`
        case alias(name: Name, Pipeline)
        /// `param NAME: TYPE [= DEFAULT]`
        case parameter(Declaration)
    }

    public let condition: Condition
    public let body: Body
    public let span: Span
}

public struct Name: Sendable, Hashable {
    public let text: String
    public let span: Span
}

/// A script's parameter as declared in it.
public struct Declaration: Sendable, Hashable {
    public let name: Name
    public let type: Name
    public let defaultValue: Word?
}

public struct Pipeline: Sendable, Hashable {
    public let stages: [Stage]
    public let span: Span
}

/// A command with everything typed after it, up to the next `|`.
public struct Stage: Sendable, Hashable {
    public let elements: [Element]
    public let span: Span

    /// Whether it runs another program: `!jq .`
    var isProgram: Bool { elements.first?.word?.dropping(bare: "!") != nil }
}

public indirect enum Element: Sendable, Hashable {
    case word(Word)
    case block(Block)

    var span: Span {
        switch self {
        case .word(let word): word.span
        case .block(let block): block.span
        }
    }

    var word: Word? { if case .word(let word) = self { word } else { nil } }
}

/// `{ … }`: what `each` runs for every row.
public struct Block: Sendable, Hashable {
    public let statements: [Statement]
    public let span: Span
}
