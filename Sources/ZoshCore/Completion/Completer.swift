internal import ZoshKit

/// Answers Tab: what may stand at the cursor, from memory alone.
///
/// Pure: syntax says what is being typed (`CursorContext`), the registry what belongs there (`CompletionSlot`), and
/// this turns the slot into names and ranks them. It never waits and never traps, whatever the text.
public struct Completer: Sendable {
    let registry: CommandRegistry
    let around: CompletionSurroundings

    public init(_ registry: CommandRegistry, _ around: CompletionSurroundings) {
        self.registry = registry
        self.around = around
    }

    /// - Parameter cursor: in scalars.
    public func answer(_ text: String, cursor: Int) -> CompletionAnswer {
        let context = Syntax.cursorContext(text, cursor)
        let slot = registry.slot(at: context)
        // An option that would be the only match now is not what is meant by part of a name.
        if slot.isAboutPeople, around.directory.snapshot.fetchedAt == nil {
            if around.isRefreshing { return CompletionAnswer(range: context.range, note: "the people are on their way", isAwaited: true) }
            if let trouble = around.trouble { return CompletionAnswer(range: context.range, note: "no people to offer: \(trouble.neutralised)") }
        }
        let candidates = candidates(slot, context)
        let cut = cut(candidates, context)
        let remarks = candidates.contains { $0.kind == .user } ? [cut, ageOfDirectory].compactMap(\.self) : []
        return CompletionAnswer(
            range: context.range, candidates: candidates, note: remarks.isEmpty ? nil : remarks.joined(separator: "; "), isPartial: cut != nil)
    }

    private func candidates(_ slot: CompletionSlot, _ context: CursorContext) -> [CompletionCandidate] {
        switch slot {
        case .command(let path): commands(after: path, context)
        case .option(let parameters, let signature): fields(signature, context) + options(parameters, signature, context)
        case .value(let parameter, let type, let signature, let free):
            besides(fields(signature, context) + options(free, signature, context), values(type, parameter, signature, context), context)
        case .variable: variables(context)
        case .variableField(let name): variableFields(name, context)
        case .file: files(context)
        case .nothing: fieldValues(context)
        }
    }

    /// Names that may stand where a value may: first when they begin with what is typed, last when nothing is, else
    /// not at all, since a value is what belongs here.
    private func besides(
        _ names: [CompletionCandidate], _ values: [CompletionCandidate], _ context: CursorContext
    ) -> [CompletionCandidate] {
        if context.text.isEmpty { return values + names }
        return names.filter { $0.insertion.hasPrefix(context.text) || $0.insertion.hasPrefix("--" + context.text) } + values
    }

    /// A candidate that stands for itself, quoted where the line needs it.
    func plain(
        _ text: String, _ description: String = "", _ kind: CompletionCandidate.Kind, _ context: CursorContext, ending: String = " "
    ) -> CompletionCandidate {
        CompletionCandidate(
            insertion: Syntax.quoted(text, context.quoting) + ending, display: text, description: description, kind: kind)
    }
}
