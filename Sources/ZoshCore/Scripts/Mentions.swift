internal import ZoshKit

/// Everything in a text that names somebody or something of one organisation: people, roles, profiles, ids.
///
/// Only what is written out counts; what a variable or a file will say belongs to the organisation it runs on anyway.
struct Mention: Sendable, Hashable {
    enum Kind: Sendable, Hashable { case person, role, profile }

    let kind: Kind
    let text: String
    let span: Span
    /// The option the id stands in (`ids=…`), whole, when it can only take ids.
    var option: Span?

    var isID: Bool { text.utf8.count >= 6 && text.utf8.allSatisfy { (48...57).contains($0) } }
}

extension Plan {
    /// Mentions in the order of their places. Fan-outs are left out: their connections are other organisations.
    func mentions(in text: String) -> [Mention] {
        let scalars = Array(text.unicodeScalars)
        var found: [Mention] = []
        func visit(_ pipelines: [PlannedPipeline]) {
            for stage in pipelines.flatMap(\.stages) where !stage.isFanOut {
                found += stage.mentions(scalars)
                visit(stage.block?.statements.flatMap(\.ownPipelines) ?? [])
            }
        }
        visit(lines.flatMap { $0.statements.flatMap(\.ownPipelines) })
        for parameter in parameters {
            guard let value = parameter.defaultValue, let kind = parameter.type.mentions else { continue }
            found.append(Mention(kind: kind, text: value.text, span: value.span))
        }
        return found.sorted { $0.span.lower < $1.span.lower }
    }

    /// Addresses of people whom the text itself adds.
    var added: Set<String> {
        /// What `let NAME = 'text'` says.
        var constants: [String: String] = [:]
        for statement in lines.flatMap(\.statements) {
            if case .keepValue(let name, let word) = statement.action, let text = word.literal { constants[name] = text }
        }
        var emails: Set<String> = []
        for stage in pipelines.flatMap(\.stages) where stage.signature?.path == ["users", "add"] {
            for field in stage.fields where field.name == "email" {
                let text = field.value.literal ?? field.value.soleVariable.flatMap { $0.path.isEmpty ? constants[$0.name] : nil }
                if let text { emails.insert(text.lowercased()) }
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
            guard case .value(let value) = given.source, let kind = given.parameter.type.mentions, !value.span.isEmpty else { continue }
            let isIDs = given.parameter.type.element == .userID
            found.append(Mention(kind: kind, text: value.text, span: value.span, option: isIDs ? option(around: value.span, scalars) : nil))
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
