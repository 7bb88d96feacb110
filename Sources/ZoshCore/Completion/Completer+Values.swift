internal import ZoshKit

extension Completer {
    /// Candidates for a value of a type.
    func values(_ type: ValueType, _ parameter: Parameter, _ signature: Signature, _ context: CursorContext)
        -> [CompletionCandidate]
    {
        let isElement = if case .list = parameter.type { true } else { false }
        let ending = isElement ? "" : " "
        func offer(_ words: [(text: String, description: String)], _ kind: CompletionCandidate.Kind)
            -> [CompletionCandidate]
        {
            let free = words.filter { !context.elements.contains($0.text) }
            return WordRanking.best(free, for: context.text, by: \.text).map {
                plain($0.text, $0.description, kind, context, ending: ending)
            }
        }
        func bare(_ words: [String]) -> [(text: String, description: String)] { words.map { ($0, "") } }

        if let own = registry.entry(at: signature.path)?.command.candidates(for: parameter) {
            return offer(own.map { ($0.text, $0.meaning) }, .value)
        }
        switch type {
        case .list(let element): return values(element, parameter, signature, context)
        case .choice(let words): return offer(bare(words), .value)
        case .boolean: return offer(bare(["yes", "no"]), .value)
        case .user: return people(context, as: .email, ending: ending, for: signature)
        case .userID: return people(context, as: .id, ending: ending, for: signature)
        case .connection:
            return offer(
                groups(signature)
                    + around.connections.map { ($0.name, "\($0.orgName) · \($0.dataCentre) · \($0.email)") },
                .connection)
        case .organization: return offer(organizations, .organization)
        case .dataCentre: return offer(DataCentre.known.map { ($0.code, $0.accounts) }, .dataCentre)
        case .role: return offer(bare(around.directory.snapshot.roles.map(\.name)), .role)
        case .profile: return offer(bare(around.directory.snapshot.profiles.map(\.name)), .profile)
        case .field: return rowFields(signature, context, ending)
        case .expression: return []
        case .file: return files(context)
        case .date: return offer(bare(["today", "yesterday", "7d ago", "30d ago"]), .value)
        // What is offered has to be a time to come.
        case .time: return []
        case .duration: return offer(bare(["1h", "2h", "8h", "1d", "7d"]), .value)
        case .apiVersion: return offer(bare(APIVersion.allCases.map(\.rawValue)), .value)
        case .command: return commandWords(context)
        case .setting: return offer(Setting.allCases.map { ($0.rawValue, $0.meaning) }, .setting)
        case .errorCode: return offer(ErrorGuide.all.map { ($0.code, $0.meaning) }, .errorCode)
        // A new name is for the person to choose.
        case .variable: return []
        case .pipeline: return signature.states(.fansOut) ? commands(after: [], context) : []
        case .settingValue: return settingValues(context)
        case .alias: return offer(bare(around.aliases.keys.sorted()), .value)
        case .apiPath: return offer(APIPaths.known.map { ($0.path, $0.meaning) }, .value)
        case .string: return []
        case .integer: return []
        }
    }

    /// Each organisation once, though several connections may lead to it.
    private var organizations: [(text: String, description: String)] {
        var seen: Set<String> = []
        return around.connections.filter { seen.insert($0.orgID).inserted }.map {
            ($0.orgName, "\($0.orgID) · \($0.dataCentre)")
        }
    }

    /// The next word of a command's name, for `help users …`.
    private func commandWords(_ context: CursorContext) -> [CompletionCandidate] {
        let path = context.words.dropFirst().map(\.text)
        return WordRanking.best(registry.words(after: path), for: context.text, by: \.self).map { word in
            plain(word, registry.entry(at: path + [word])?.signature.summary ?? "", .command, context)
        }
    }

    /// What `set KEY` can be set to.
    func settingChoices(_ signature: Signature, _ context: CursorContext) -> [String] {
        guard signature.parameters.contains(where: { $0.type == .settingValue }), let key = context.words.last else {
            return []
        }
        return Setting(rawValue: key.text)?.choices ?? []
    }

    /// Zoho's fields where a bare `name=value` is one (`users update ada city=…`).
    func fields(_ signature: Signature, _ context: CursorContext) -> [CompletionCandidate] {
        guard signature.takesFields, context.kind == .word, context.quoting == .bare else { return [] }
        if signature.states(.takesScriptParameters) { return parameters(context) }
        let given = Set(context.words.compactMap { $0.word.assignment?.name })
        let free = (signature.fields?.namesToSet ?? []).filter { !given.contains($0) }
        return WordRanking.best(free, for: context.text, by: \.self).map { name in
            CompletionCandidate(insertion: name + "=", display: name + "=", kind: .field)
        }
    }

    private func plain(_ text: String, _ kind: CompletionCandidate.Kind, _ context: CursorContext)
        -> CompletionCandidate
    {
        plain(text, "", kind, context)
    }
}

extension Resource {
    /// Fields that `name=value` can set: those whose value is one text.
    fileprivate var namesToSet: [String] {
        fields.filter { field in
            guard field.isWritable, !field.name.hasPrefix("$") else { return false }
            switch field.type {
            case .object, .list, .unknown: return false
            default: return true
            }
        }.map(\.name)
    }
}
