internal import ZoshKit

extension Completer {
    /// What may follow the line, when the cursor is at its end: `‹user› [field=value …]`; nil when that is clear.
    public func hint(_ text: String) -> String? {
        let context = Syntax.cursorContext(text, text.unicodeScalars.count)
        guard context.quoting == .bare else { return nil }
        switch context.kind {
        case .word where context.text.isEmpty && context.elements.isEmpty:
            return hint(at: registry.place(at: context), context)
        case .word: return hintBehindCommand(context)
        case .optionValue where context.text.isEmpty && context.elements.isEmpty:
            guard case .value(let parameter, let type, _, _) = registry.slot(at: context) else { return nil }
            return value(parameter, type)
        default: return nil
        }
    }

    private func hint(at place: CompletionPlace, _ context: CursorContext) -> String? {
        switch place {
        case .slot(let slot): return hint(at: slot, context)
        case .condition(let words, let signature, let options):
            return words.isEmpty ? rest(signature, from: signature.positional.first, options) : nil
        case .sign(let sign): return sign
        case .fieldValue: return nil
        }
    }

    private func hint(at slot: CompletionSlot, _ context: CursorContext) -> String? {
        switch slot {
        case .command(let path):
            let words = registry.words(after: path)
            return path.isEmpty || words.isEmpty ? nil : "‹\(words.joined(separator: ", "))›"
        case .value(let parameter, let type, let signature, let options):
            // The value of `--name `, and nothing else.
            if options.isEmpty, parameter.kind == .option { return value(parameter, type) }
            let choices = settingChoices(signature, context)
            if !choices.isEmpty { return value(parameter, .choice(choices)) }
            return rest(signature, from: parameter, options)
        case .option(let parameters, let signature): return rest(signature, from: nil, parameters)
        case .variable, .variableField, .file, .nothing: return nil
        }
    }

    /// `users update` typed without the space yet: the same, a space before it.
    private func hintBehindCommand(_ context: CursorContext) -> String? {
        let words = context.words.map(\.text) + [context.text]
        guard context.words.allSatisfy(\.isPlain), let entry = registry.entry(at: words),
            registry.words(after: words).isEmpty
        else {
            return nil
        }
        return rest(
            entry.signature, from: entry.signature.positional.first, entry.signature.allParameters.filter(\.isNamed)
        )
        .map { " " + $0 }
    }

    private func rest(_ signature: Signature, from first: Parameter?, _ options: [Parameter]) -> String? {
        var words = signature.positional.drop { $0 != first }.map { argument($0) }
        if first == nil { words = [] }
        if signature.takesFields { words.append("[field=value …]") }
        // What the gate offers every write is known; it would push the rest off the screen.
        let own = options.filter { option in signature.parameters.contains(option) }
        words += own.map { Usage.word($0, in: signature) }
        let text = words.joined(separator: " ")
        guard !text.isEmpty else { return nil }
        return isAboutPeople(first) && around.isRefreshing ? text + "  (updating the list of users…)" : text
    }

    private func isAboutPeople(_ parameter: Parameter?) -> Bool {
        guard let type = parameter?.type.element else { return false }
        return type == .user || type == .userID
    }

    private func argument(_ parameter: Parameter) -> String {
        switch parameter.kind {
        case .optionalArgument: "[\(parameter.name)]"
        case .arguments(minimum: 0): "[‹\(parameter.name)› …]"
        case .arguments: "‹\(parameter.name)› …"
        case .argument where parameter.type == .pipeline: Usage.word(parameter, in: Signature("", ""))
        case .argument, .option, .flag: "‹\(parameter.name)›"
        }
    }

    private func value(_ parameter: Parameter, _ type: ValueType) -> String {
        if case .choice(let words) = type { return "‹\(words.joined(separator: ", "))›" }
        let list = if case .list = parameter.type { ",…" } else { "" }
        return "‹\(type.noun)\(list)›"
    }
}

extension Parameter {
    fileprivate var isNamed: Bool { kind == .option || kind == .flag }
}
