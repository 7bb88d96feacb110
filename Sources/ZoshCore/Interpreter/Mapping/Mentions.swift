internal import ZoshKit

/// Everything in a text that belongs to one organisation: people, roles, profiles, ids.
///
/// Only what is written out counts, a `let NAME = 'text'` included where the text is used; what rows or a file will say
/// belongs to the organisation it runs on anyway.
struct Mention: Sendable, Hashable {
    enum Kind: Sendable, Hashable { case person, role, profile }

    let kind: Kind
    let text: String
    let span: Span
    /// The option the id stands in (`ids=…`), whole, when it can only take ids.
    var option: Span?
    /// Whether the text at this place may be rewritten for it: not an id in `let`, which may be used as one elsewhere,
    /// and not what an alias stands for, whose text is not here.
    var isRenamed = true

    var isID: Bool { ZohoID.isID(amongNames: text) }
}

extension Plan {
    /// Mentions in the order of their places. Fan-outs are left out: their connections are other organisations.
    func mentions(in text: String) -> [Mention] {
        let scalars = Array(text.unicodeScalars)
        let constants = constants
        var found: [Mention] = []
        func visit(_ pipelines: [PlannedPipeline]) {
            for stage in pipelines.flatMap(\.stages) where !stage.isFanOut {
                found += stage.mentions(scalars)
                for (name, kind, _) in stage.variableMentions {
                    for word in constants[name] ?? [] {
                        guard let text = word.literal else { continue }
                        var mention = Mention(kind: kind, text: text, span: word.span)
                        mention.isRenamed = !mention.isID
                        if !found.contains(mention) { found.append(mention) }
                    }
                }
                visit(stage.block?.statements.flatMap(\.ownPipelines) ?? [])
            }
        }
        visit(lines.flatMap { $0.statements.flatMap(\.ownPipelines) })
        for parameter in parameters {
            // An id parameter can only take an id.
            guard let value = parameter.defaultValue, parameter.type.element != .userID,
                let kind = parameter.type.mentions
            else { continue }
            found.append(Mention(kind: kind, text: value.text, span: value.span))
        }
        return found.sorted { $0.span.lower < $1.span.lower }
    }

    /// Where a variable alone says who is meant, fan-outs left out.
    var personVariables: [(name: String, span: Span)] {
        var found: [(name: String, span: Span)] = []
        func visit(_ pipelines: [PlannedPipeline]) {
            for stage in pipelines.flatMap(\.stages) where !stage.isFanOut {
                found += stage.variableMentions.compactMap { $0.kind == .person ? ($0.name, $0.span) : nil }
                visit(stage.block?.statements.flatMap(\.ownPipelines) ?? [])
            }
        }
        visit(lines.flatMap { $0.statements.flatMap(\.ownPipelines) })
        return found
    }

    /// What `let NAME = 'text'` says, by name.
    private var constants: [String: [Word]] {
        var found: [String: [Word]] = [:]
        for statement in lines.flatMap(\.statements) {
            if case .keepValue(let name, let word) = statement.action, word.literal != nil {
                found[name, default: []].append(word)
            }
        }
        return found
    }

    /// Addresses of people whom the text itself adds.
    var added: Set<String> {
        let constants = constants
        var emails: Set<String> = []
        for stage in pipelines.flatMap(\.stages) where stage.signature?.states(.addsRecords) == true {
            for field in stage.fields where field.name == "email" {
                let words = field.value.constant.map { constants[$0] ?? [] } ?? [field.value]
                emails.formUnion(words.compactMap { $0.literal?.lowercased() })
            }
        }
        return emails
    }
}

extension PlannedStatement {
    /// The pipelines of the statement itself, without those in blocks.
    var ownPipelines: [PlannedPipeline] {
        switch action {
        case .run(let pipeline), .keep(_, let pipeline): [pipeline]
        case .keepValue, .alias: []
        }
    }
}

extension Word {
    /// The variable it is, whole.
    fileprivate var constant: String? { soleVariable.flatMap { $0.path.isEmpty ? $0.name : nil } }
}

extension ValueType {
    fileprivate var mentions: Mention.Kind? {
        switch element {
        case .user, .userID: .person
        case .role: .role
        case .profile: .profile
        default: nil
        }
    }
}

extension PlannedStage {
    fileprivate func mentions(_ scalars: [Unicode.Scalar]) -> [Mention] {
        var found: [Mention] = []
        for given in given {
            guard case .value(let value) = given.source, let kind = given.parameter.type.mentions, !value.span.isEmpty
            else { continue }
            let isIDs = given.parameter.type.element == .userID
            var mention = Mention(
                kind: kind, text: value.text, span: value.span,
                option: isIDs ? option(around: value.span, scalars) : nil)
            mention.isRenamed = !name.holds(value.span)
            found.append(mention)
        }
        for field in fields {
            guard let text = field.value.literal else { continue }
            switch field.name.lowercased() {
            case "role": found.append(Mention(kind: .role, text: text, span: field.value.span))
            case "profile": found.append(Mention(kind: .profile, text: text, span: field.value.span))
            case "reporting_to" where text.contains("@") || Mention(kind: .person, text: text, span: field.span).isID:
                found.append(Mention(kind: .person, text: text, span: field.value.span))
            default: break
            }
            if name.holds(field.value.span), let last = found.indices.last { found[last].isRenamed = false }
        }
        return found
    }

    /// Variables that stand where people, roles or profiles are named.
    fileprivate var variableMentions: [(name: String, kind: Mention.Kind, span: Span)] {
        var found: [(name: String, kind: Mention.Kind, span: Span)] = []
        for given in given {
            guard case .deferred(let word) = given.source, let name = word.constant,
                let kind = given.parameter.type.mentions
            else { continue }
            found.append((name, kind, word.span))
        }
        for field in fields {
            guard let name = field.value.constant else { continue }
            switch field.name.lowercased() {
            case "role": found.append((name, .role, field.value.span))
            case "profile": found.append((name, .profile, field.value.span))
            case "reporting_to": found.append((name, .person, field.value.span))
            default: break
            }
        }
        return found
    }

    /// `ids=1,2` or `--ids 1,2` around one of its values.
    private func option(around span: Span, _ scalars: [Unicode.Scalar]) -> Span {
        func isSpace(_ index: Int) -> Bool { scalars[index].properties.isWhitespace }
        var lower = span.lower
        var upper = span.upper
        while lower > self.span.lower, !isSpace(lower - 1) { lower -= 1 }
        while upper < min(self.span.upper, scalars.count), !isSpace(upper) { upper += 1 }
        if scalars[lower] != "-", !scalars[lower..<span.lower].contains("=") {
            while lower > self.span.lower, isSpace(lower - 1) { lower -= 1 }
            while lower > self.span.lower, !isSpace(lower - 1) { lower -= 1 }
        }
        return Span(lower, upper)
    }
}
