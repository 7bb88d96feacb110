import LineEditor
import ZoshCore
import ZoshKit

/// Introduces the editor and the language to each other; neither knows the other.
///
/// Everything here answers from memory: the editor's thread waits while somebody types.
final class ShellDelegate: Editor.Delegate {
    private let engine: Engine
    private let terminal: Terminal
    private let state: PromptState

    init(engine: Engine, terminal: Terminal, state: PromptState) {
        self.engine = engine
        self.terminal = terminal
        self.state = state
    }

    func prompt() -> Prompt { state.prompt(columns: terminal.size.columns) }

    func isComplete(_ text: String) -> Bool { Syntax.isComplete(text) }

    func historyContext() -> String? { state.current.connection?.name }

    func suggestion(for text: String) -> Hint? { nil }

    func completions(_ text: String, cursor: Int) -> Completions {
        let answer = Completer(engine.registry, surroundings).answer(text, cursor: cursor)
        let candidates = answer.candidates.map {
            Candidate(insertion: $0.insertion, display: $0.display, description: $0.description, kind: $0.kind.rawValue)
        }
        return Completions(range: answer.range.lower..<answer.range.upper, candidates: candidates, note: answer.note)
    }

    /// A confirmed paste stops where a line failed.
    func continuesPaste() -> Bool { !state.current.failed }

    private var surroundings: CompletionSurroundings {
        CompletionSurroundings(
            directory: engine.latestDirectory.current, connections: state.current.connections,
            variables: engine.session.variables.fields, now: Moment.now, isRefreshing: engine.warming.isBusy,
            files: FolderListing.files(in:))
    }
}
