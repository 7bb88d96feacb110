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
        let place = registry.place(at: context)
        // An option that would be the only match now is not what is meant by part of a name.
        if place.isAboutPeople, around.directory.snapshot.fetchedAt == nil {
            if around.isRefreshing {
                return CompletionAnswer(range: context.range, note: "loading people…", isAwaited: true)
            }
            if let trouble = around.trouble {
                return CompletionAnswer(range: context.range, note: "cannot list people: \(trouble.neutralised)")
            }
        }
        let candidates = candidates(place, context).filter {
            !$0.insertion.unicodeScalars.contains(where: Self.isControl)
        }
        var range = context.range
        if case .condition(let words, _, _) = place { range = conditionRange(words, context) }
        let cut = cut(candidates, context)
        let remarks = candidates.contains { $0.kind == .user } ? [cut, ageOfDirectory].compactMap(\.self) : []
        return CompletionAnswer(
            range: range, candidates: candidates, note: remarks.isEmpty ? nil : remarks.joined(separator: "; "),
            isPartial: cut != nil)
    }

    /// A control character in the line would be drawn, or obeyed, rather than typed.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    }

    private func candidates(_ place: CompletionPlace, _ context: CursorContext) -> [CompletionCandidate] {
        switch place {
        case .slot(let slot): candidates(slot, context)
        case .condition(let words, let signature, let free):
            besides(free.isEmpty ? [] : options(free, signature, context), condition(words, context), context)
        case .fieldValue(let name, let signature):
            signature.states(.takesScriptParameters)
                ? parameterValues(name, signature, context) : written(valueOf: name, signature, context)
        case .sign(let sign):
            sign.hasPrefix(context.text)
                ? [CompletionCandidate(insertion: sign + " ", display: sign, kind: .value)] : []
        }
    }

    private func candidates(_ slot: CompletionSlot, _ context: CursorContext) -> [CompletionCandidate] {
        switch slot {
        case .command(let path): return commands(after: path, context)
        case .option(let parameters, let signature):
            return begun(fields(signature, context) + options(parameters, signature, context), context)
        case .value(let parameter, let type, let signature, let others):
            let isAboutColumns =
                parameter.type != .settingValue || context.words.last?.text == "columns"
            let free = isAboutColumns ? others : []
            let names = fields(signature, context) + options(free, signature, context)
            let values = values(type, parameter, signature, context)
            // Who is meant has been said; what is to be set has not.
            if context.text.isEmpty, isAnyoneNamed(context, signature) { return names + values }
            return beside(parameter, names, values, context)
        case .variable: return registry.takesValue(at: context) ? variables(context) : []
        case .variableField(let name): return registry.takesValue(at: context) ? variableFields(name, context) : []
        case .file: return registry.takesValue(at: context) ? files(context) : []
        case .nothing: return []
        }
    }

    private func isAnyoneNamed(_ context: CursorContext, _ signature: Signature) -> Bool {
        guard signature.takesFields, !signature.states(.takesScriptParameters) else { return false }
        return context.words.dropFirst(signature.path.count).contains {
            $0.word.assignment == nil && !$0.text.hasPrefix("--")
        }
    }

    /// Of names of two kinds those that begin with what is typed, if any do.
    private func begun(_ names: [CompletionCandidate], _ context: CursorContext) -> [CompletionCandidate] {
        let begun = names.filter { $0.insertion.hasPrefix(context.text) || $0.insertion.hasPrefix("--" + context.text) }
        return begun.isEmpty ? names : begun
    }

    /// The same where an argument must be given first: nothing else is offered in its place, or Tab would put an option
    /// where a value belongs.
    private func beside(
        _ parameter: Parameter, _ names: [CompletionCandidate], _ values: [CompletionCandidate],
        _ context: CursorContext
    ) -> [CompletionCandidate] {
        let isNeeded =
            switch parameter.kind {
            case .argument: true
            case .arguments(let minimum): minimum > 0
            case .optionalArgument, .option, .flag: false
            }
        if isNeeded, values.isEmpty, context.text.isEmpty { return [] }
        return besides(names, values, context)
    }

    /// Names that may stand where a value may: first when they begin with what is typed, last when nothing is, else
    /// not at all, since a value is what belongs here.
    private func besides(
        _ names: [CompletionCandidate], _ values: [CompletionCandidate], _ context: CursorContext
    ) -> [CompletionCandidate] {
        if context.text.isEmpty { return values + names }
        return names.filter { $0.insertion.hasPrefix(context.text) || $0.insertion.hasPrefix("--" + context.text) }
            + values
    }

    /// A candidate that stands for itself, quoted where the line needs it.
    func plain(
        _ text: String, _ description: String = "", _ kind: CompletionCandidate.Kind, _ context: CursorContext,
        ending: String = " "
    ) -> CompletionCandidate {
        CompletionCandidate(
            insertion: Syntax.quoted(text, context.quoting) + ending, display: text, description: description,
            kind: kind)
    }
}
