import LineEditor
import ZoshCore
import ZoshKit

/// Introduces the editor and the language to each other; neither knows the other.
///
/// Everything here answers from memory: the editor's thread waits for it while the user types.
final class ShellDelegate: Editor.Delegate {
    private let engine: Engine
    private let terminal: Terminal
    private let state: PromptState

    init(engine: Engine, terminal: Terminal, state: PromptState) {
        self.engine = engine
        self.terminal = terminal
        self.state = state
        engine.latestDirectory.onArrival { terminal.completionsArrived() }
    }

    func prompt() -> Prompt { state.prompt(columns: terminal.size.columns) }

    func prompt(in viState: ViState?) -> Prompt { state.prompt(columns: terminal.size.columns, viState: viState) }

    func openPart(of text: String) -> String? { Syntax.openPart(of: text) }

    func mistake(in text: String) -> Range<Int>? {
        engine.registry.unknownWord(in: text, aliases: state.current.aliases)
    }

    func isComplete(_ text: String) -> Bool {
        Syntax.isComplete(text, engine.registry, aliases: state.current.aliases)
    }

    func line(listing words: [String]) -> String? { PastedList.line(of: words) }

    func line(ofTable rows: [String]) -> (line: String, note: String)? {
        let aliases = state.current.aliases
        return PastedTable.line(of: rows) { engine.registry.knows($0, aliases: aliases) }
    }

    func refusal(of bytes: [UInt8]) -> [String] {
        engine.narrator.errors.lines(
            NotText.error(bytes, "this line", remedy: "nothing of it has run; type it in a UTF-8 terminal"), in: nil)
    }

    func historyContext() -> String? { state.current.connection?.name }

    /// While the store is locked, a line that names no command is none: it may be the passphrase, typed where the
    /// question was expected.
    func remembered(_ line: String) -> String {
        let content = state.current
        let line = engine.interpreter.writtenOut(line, aliases: content.aliases)
        return content.isLocked && !engine.registry.knows(line, aliases: content.aliases) ? "" : line
    }

    func mayBeSuggested(_ line: String) -> Bool { engine.suggestedLines.allow(line, aliases: state.current.aliases) }

    func settings() -> EditorSettings {
        let settings = state.current.settings
        return EditorSettings(
            mode: settings.editMode.flatMap { EditorSettings.Mode(rawValue: $0.rawValue) },
            isAccessible: settings.accessible,
            commands: settings.bindings)
    }

    func suggestion(for text: String) -> Hint? {
        completer(with: []).hint(text).map { Hint($0, isInsertable: false) }
    }

    func completions(_ text: String, cursor: Int) -> Completions {
        // After a long pause what is known answers now; what is fetched meanwhile answers the next time.
        engine.freshenDirectory()
        return completions(text, cursor: cursor, narrowedBy: "")
    }

    func completions(_ text: String, cursor: Int, narrowedBy filter: String) -> Completions {
        let answer = completer(with: engine.latestDirectory.recentIDs, narrowedBy: filter).answer(text, cursor: cursor)
        let candidates = answer.candidates.map {
            Candidate(
                insertion: $0.insertion, display: $0.display, key: $0.key, description: $0.description,
                kind: $0.kind.rawValue, isSought: !filter.isEmpty && $0.kind == .user)
        }
        return Completions(
            range: answer.range.lower..<answer.range.upper, candidates: candidates, note: answer.note,
            isPartial: answer.isPartial,
            isAwaited: answer.isAwaited)
    }

    /// A confirmed paste stops where a line failed.
    func continuesPaste() -> Bool { state.current.status == .done }

    private func completer(with recentIDs: [String], narrowedBy filter: String = "") -> Completer {
        let content = state.current
        var around = CompletionSurroundings(
            directory: engine.latestDirectory.current, connections: content.connections,
            variables: engine.session.variables.fields, aliases: content.aliases,
            // Until it is known whose people they are, they are on their way as well.
            recentIDs: recentIDs, now: Moment.now, isRefreshing: engine.isFetching.isSet || !content.isKnown,
            files: FolderListing.files(in:))
        around.narrowing = filter
        around.parameters = ScriptParameter.declared(in:)
        around.trouble = trouble(in: content)
        return Completer(engine.registry, around)
    }

    /// Why there is no user to offer, where that is so.
    private func trouble(in content: PromptState.Content) -> String? {
        if content.isLocked { return "the store is locked (vault unlock)" }
        guard content.connection != nil else { return "no connection is in use (auth login)" }
        return engine.latestDirectory.refresher.flatMap { engine.lastFailure.problem(of: $0) }
    }
}
