internal import ZoshKit

/// Which fields the rows before a stage have, as far as the words of the line tell.
struct RowFields {
    private let registry: CommandRegistry

    init(_ registry: CommandRegistry) { self.registry = registry }

    /// Fields of the rows that reach the stage at the cursor; empty where only the rows themselves could tell.
    func names(before context: CursorContext, _ around: CompletionSurroundings) -> [String] {
        guard let first = context.stagesBefore.first else { return UserFieldNames.shown }
        var fields = beginning(first, around)
        for stage in context.stagesBefore.dropFirst() { fields = Self.after(stage, fields) }
        return fields
    }

    /// Whether the rows are users, or what a stage kept of users.
    func areUsers(before context: CursorContext) -> Bool {
        guard let first = context.stagesBefore.first else { return true }
        return noun(of: first) == "users"
    }

    private func noun(of words: [CursorContext.EarlierWord]) -> String? {
        guard let word = words.first?.text else { return nil }
        if let count = registry.fanOut(words), words.count > count { return noun(of: Array(words.dropFirst(count))) }
        return word.hasPrefix("user") || word == "whoami" ? "users" : word
    }

    private func beginning(_ words: [CursorContext.EarlierWord], _ around: CompletionSurroundings) -> [String] {
        if words.count == 1, let reference = words[0].word.soleVariable, reference.path.isEmpty {
            return around.variables[reference.name] ?? []
        }
        let own: [String] =
            switch noun(of: words) {
            case "users": Self.users(words.map(\.text))
            case "roles": ["name", "id", "reporting_to.name", "description", "share_with_peers"]
            case "profiles": ["name", "id", "type", "custom", "description"]
            case "connections": ["name", "org_name", "org_id", "dc", "environment", "email", "tags", "read_only"]
            case "orgs": ["name", "zgid", "dc", "connection"]
            default: []
            }
        return registry.fanOut(words) != nil && !own.isEmpty ? ["connection"] + own : own
    }

    private static func users(_ words: [String]) -> [String] {
        if words.contains("ids") { return ["id"] }
        if words.contains("count") { return ["type", "count"] }
        if words.contains("fields") { return ["api_name", "field_label", "data_type", "custom_field"] }
        return UserFieldNames.shown
    }

    private static func after(_ words: [CursorContext.EarlierWord], _ fields: [String]) -> [String] {
        let values = words.dropFirst().flatMap { $0.word.elements.compactMap(\.literal) }.filter {
            !$0.isEmpty && !$0.hasPrefix("--")
        }
        switch words.first?.text {
        case "where", "sort", "first", "last", "skip", "unique", "assert", "save": return fields
        case "ids": return ["id"]
        case "count": return ["count"]
        case "group": return values + ["count"]
        case "select": return renamed(values)
        case "users": return UserFieldNames.shown
        default: return []
        }
    }

    /// `role.name as role` is `role` from there on.
    private static func renamed(_ words: [String]) -> [String] {
        var names: [String] = []
        var index = 0
        while index < words.count {
            if index + 2 < words.count, words[index + 1] == "as" {
                names.append(words[index + 2])
                index += 3
            } else {
                names.append(words[index])
                index += 1
            }
        }
        return names
    }
}
