internal import ZoshKit

extension Completer {
    /// The values of the setting named before the cursor: `set columns ` takes fields, one after the other.
    func settingValues(_ context: CursorContext) -> [CompletionCandidate] {
        guard let key = context.words.last?.text, let setting = Setting(rawValue: key.replacing("_", with: "-")) else {
            return []
        }
        func offer(_ words: [String], _ kind: CompletionCandidate.Kind, ending: String) -> [CompletionCandidate] {
            WordRanking.best(words.filter { !context.elements.contains($0) }, for: context.text, by: \.self)
                .map { plain($0, "", kind, context, ending: ending) }
        }
        guard setting == .columns else { return offer(setting.choices ?? setting.words, .value, ending: " ") }
        let auto = context.elements.isEmpty ? offer(["auto"], .value, ending: " ") : []
        return offer(UserFieldNames.shown, .field, ending: "") + auto
    }

    /// `all` and the tags, where several connections may be named.
    func groups(_ signature: Signature) -> [(text: String, description: String)] {
        guard signature.states(.fansOut) else { return [] }
        let tags = Set(around.connections.flatMap(\.tags)).sorted()
        return [("all", "every connection")] + tags.map { ("tag:\($0)", "those with this tag") }
    }

    /// Fields of the rows before the stage, for `select`, `sort`, `group` and the like.
    func rowFields(_ signature: Signature, _ context: CursorContext, _ ending: String) -> [CompletionCandidate] {
        // `select a as NAME`: a new name is for the person to choose.
        guard context.words.last?.text != "as" || context.words.count < 3 else { return [] }
        if signature.states(.joins), context.words.count == 2 { return [plain("on", "", .value, context)] }
        // `sort -created_time`: downwards.
        let sign = signature.states(.ordersFields) && context.quoting == .bare && context.text.hasPrefix("-") ? "-" : ""
        let typed = String(context.text.dropFirst(sign.count))
        let names = RowFields(registry).names(before: context, around).filter { !context.elements.contains($0) }
        return WordRanking.best(names, for: typed, by: \.self).compactMap { name in
            let text = Syntax.quoted(name, context.quoting)
            // A quoted name cannot follow a bare sign.
            guard sign.isEmpty || text == name else { return nil }
            return CompletionCandidate(insertion: sign + text + ending, display: name, kind: .field)
        }
    }

    /// What the script named in the line declares, as far as it is not given yet.
    func parameters(_ context: CursorContext) -> [CompletionCandidate] {
        let given = Set(context.words.compactMap { $0.word.assignment?.name })
        let free = declared(context).filter { !given.contains($0.name) }
        return WordRanking.best(free, for: context.text, by: \.name).map { parameter in
            let type = parameter.type.noun + (parameter.hasDefault ? ", may be left out" : "")
            return CompletionCandidate(
                insertion: parameter.name + "=", display: parameter.name + "=", description: type, kind: .option)
        }
    }

    /// Values for a parameter of the script named in the line.
    func parameterValues(_ name: String, _ signature: Signature, _ context: CursorContext) -> [CompletionCandidate] {
        guard let parameter = declared(context).first(where: { $0.name == name }) else { return [] }
        let typed = Parameter(Option(name, parameter.type, ""))
        return values(parameter.type, typed, signature, context)
    }

    private func declared(_ context: CursorContext) -> [ScriptParameter] {
        let words = context.words.dropFirst().map(\.word)
        guard let file = words.first(where: { $0.assignment == nil && $0.dropping(bare: "--") == nil })?.literal else {
            return []
        }
        return around.parameters(file)
    }
}

extension Parameter {
    fileprivate init(_ option: Option) { self = option.parameter }
}
