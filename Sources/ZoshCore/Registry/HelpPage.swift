internal import ZoshKit

/// Help as lines of text, made from signatures alone, so that it cannot disagree with what the shell accepts.
enum HelpPage {
    /// What a script can rely on.
    static let statuses: [(status: ExitStatus, meaning: String)] = [
        (.done, "done"), (.failed, "failed, or a question was declined"),
        (.usage, "the line or script cannot be run as written"),
        (.partial, "some rows failed or were not found; the others are done"),
        (.auth, "a login or an unlock is needed"),
        (.unavailable, "the network failed, or Zoho is unavailable"), (.hungUp, "the terminal was closed"),
        (.interrupted, "interrupted"),
        (.readerLeft, "standard output was closed by its reader: zosh … | head"), (.terminated, "terminated"),
    ]

    static func meaning(of status: ExitStatus) -> String {
        statuses.first { $0.status == status }?.meaning ?? "it ended with \(status.rawValue)"
    }

    static var exitStatus: [String] {
        ["Exit status:"] + table(statuses.map { (String($0.status.rawValue), $0.meaning) })
    }

    /// What a condition can say.
    static let comparisons: [(String, String)] = [
        ("status == active", "is; != is not. A role, a profile or a manager is its name, or its id"),
        ("created_time > 30d ago", "< <= > >=: numbers, dates (2026-01-31, yesterday, 6mo ago), text"),
        ("email contains example.com", "a part of the text; not contains"),
        ("role.name ~ '^Sales'", "a regular expression found somewhere in the text; !~ is not found"),
        ("status in (active, disabled)", "one of these; not in; in $rows.email: one of a variable's"),
        ("confirm", "a field alone: neither null, false nor empty"), ("city == null", "has no value; != null"),
        ("first_name == $it.last_name", "another field of the same row"),
        ("not (a == 1 or b == 2) and c == 3", "'or' binds weakest, then 'and', then 'not'"),
    ]

    static var conditions: [String] {
        ["A condition follows where or assert: a field, an operator, a value.", ""]
            + table(comparisons, widest: 34) + ["", "Quote a value or a field that has spaces: 'Zip Code' == 1"]
    }

    /// Whose commands come first: what the shell is for.
    private static let first = ["users", "connections", "orgs"]

    private static let everyday: [(line: String, meaning: String)] = [
        ("users find boyle", "who is it"),
        ("users list status=active | save active.csv", "a list for a spreadsheet"),
        ("users update ada@example.com role=Manager --dry-run", "what a change would do; without --dry-run it is done"),
        ("open leavers.csv | users deactivate", "all users in a file, asking first"),
        ("on all users list type=AdminUsers", "the same in every organisation you are signed in to"),
    ]

    /// Lines to begin with, as far as their commands exist.
    private static func recipes(_ entries: [CommandRegistry.Entry]) -> [String] {
        let names = Set(entries.map(\.signature.name))
        let fanOuts = entries.filter { $0.signature.states(.fansOut) }.map(\.signature.name)
        let known = everyday.filter { recipe in
            let words = recipe.line.split(separator: " ").map(String.init)
            let command = words.first.map(fanOuts.contains) == true ? words.dropFirst(2).prefix(2) : words.prefix(2)
            return names.contains(command.joined(separator: " ")) || words.first.map(names.contains) == true
        }
        return known.isEmpty ? [] : ["Try:"] + table(known.map { ($0.line, $0.meaning) }, widest: 52) + [""]
    }

    static func overview(_ entries: [CommandRegistry.Entry]) -> [String] {
        var order = first.filter { owner in entries.contains { $0.owner == owner } }
        var byOwner: [String: [CommandRegistry.Entry]] = [:]
        for entry in entries {
            if !order.contains(entry.owner) { order.append(entry.owner) }
            byOwner[entry.owner, default: []].append(entry)
        }
        var lines = recipes(entries)
        for owner in order {
            lines +=
                ["\(owner):"] + table((byOwner[owner] ?? []).map { ($0.signature.name, $0.signature.summary) }) + [""]
        }
        return lines + [
            "help COMMAND says how one is used (also: COMMAND --help); Tab completes; commands are joined with |."
        ]
    }

    static func group(_ name: String, _ entries: [CommandRegistry.Entry]) -> [String] {
        ["\(name):"] + table(entries.map { ($0.signature.name, $0.signature.summary) }) + [
            "", "help \(name) COMMAND says how one is used.",
        ]
    }

    /// The ways to write a command, each on its line.
    static func usage(_ signature: Signature) -> [String] {
        var lines = [Usage.line(signature)]
        if signature.takesFields { lines.append("\(signature.name) … field=value …") }
        return lines + signature.aliases.map { "\($0.joined(separator: " ")) is the same" }
    }

    /// What a command takes and does, a sentence each.
    static func facts(_ signature: Signature) -> [String] {
        var facts: [String] = []
        switch signature.input {
        case .none: break
        case .optional: facts.append("Takes rows from a pipe.")
        case .required: facts.append("Works on the rows of a pipe.")
        }
        switch signature.effect {
        case .local, .reads: break
        case .writes: facts.append("Changes something at Zoho: asks first, unless --yes.")
        case .writesLocally: facts.append("Changes something zosh keeps.")
        }
        if !signature.scopes.isEmpty {
            facts.append("The login must allow \(signature.scopes.map(\.name).joined(separator: ", ")).")
        }
        return facts
    }

    static func command(_ entry: CommandRegistry.Entry) -> [String] {
        let signature = entry.signature
        var lines = [signature.summary + ".", ""] + usage(signature).map { "  " + $0 }
        let parameters = signature.allParameters
        if !parameters.isEmpty { lines += [""] + table(parameters.map { (left($0, signature), right($0)) }) }
        let facts = Self.facts(signature)
        if !facts.isEmpty { lines += [""] + facts }
        if signature.positional.contains(where: { $0.type == .expression }) {
            lines += ["", "help conditions says what a condition can be."]
        }
        let examples = entry.command.examples
        if !examples.isEmpty { lines += ["", "Examples:"] + table(examples.map { ($0.line, $0.meaning) }) }
        return lines
    }

    static func left(_ parameter: Parameter, _ signature: Signature) -> String {
        switch parameter.kind {
        case .option:
            signature.takesFields || WriteOptions.isOption(parameter.name)
                ? "--\(parameter.name) \(Usage.short(parameter.type))"
                : "\(parameter.name)=\(Usage.short(parameter.type))"
        case .flag: "--\(parameter.name)"
        case .argument, .optionalArgument, .arguments: Usage.word(parameter, in: signature)
        }
    }

    static func right(_ parameter: Parameter) -> String {
        var text = parameter.help
        if case .choice(let words) = parameter.type, words.count > 3 { text += ": \(words.joined(separator: ", "))" }
        if let value = parameter.defaultText { text += " (\(value) if left out)" }
        return text
    }

    /// Two columns; a left side too wide for its column puts the right one on the next line.
    private static func table(_ rows: [(String, String)], widest: Int = 30) -> [String] {
        let width = min(widest, rows.map { DisplayWidth.of($0.0) }.max() ?? 0)
        return rows.flatMap { row -> [String] in
            let left = DisplayWidth.of(row.0)
            if row.1.isEmpty { return ["  \(row.0)"] }
            if left > width { return ["  \(row.0)", String(repeating: " ", count: width + 4) + row.1] }
            return ["  \(row.0)\(String(repeating: " ", count: width - left + 2))\(row.1)"]
        }
    }
}
