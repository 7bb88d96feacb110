internal import ZoshKit

/// `id == X`, `role.id in (X, Y)`: a field that holds ids, and what it is compared with.
struct IDComparison: Sendable {
    let field: Span
    let path: String
    let values: [(text: String, span: Span)]
    /// Whether the rows are users as Zoho gives them, so that whoever has the id can be asked for by name as well.
    let isAboutUsers: Bool

    /// The field that says in names what this one says in ids, and what it is to be; nil when there is none.
    func named(_ directory: DirectorySnapshot) -> (field: String, values: [String])? {
        guard isAboutUsers else { return nil }
        var names: [String] = []
        for value in values {
            switch (path, directory.bearer(of: value.text)) {
            case ("id", .person(let name)), ("role.id", .role(let name)), ("profile.id", .profile(let name)):
                names.append(name)
            default: return nil
            }
        }
        let field = path == "id" ? "email" : path.replacing(".id", with: ".name")
        return names.isEmpty ? nil : (field, names)
    }

    static func all(in plan: Plan, _ text: String) -> [IDComparison] {
        let conditions = plan.pipelines.flatMap { pipeline in
            pipeline.stages.enumerated().filter { $1.condition != nil }.map { index, stage in
                (span: stage.span, isAboutUsers: givesUsers(pipeline.stages[..<index]))
            }
        }
        guard !conditions.isEmpty else { return [] }
        let words = Lexer.lex(text).tokens.compactMap { if case .word(let word) = $0.kind { word } else { nil } }
        return conditions.flatMap { condition in
            read(ConditionToken.read(words.filter { condition.span.holds($0.span) }), condition.isAboutUsers)
        }
    }

    /// Commands whose rows are whole users, and stages that leave rows as they are.
    private static let users: Set<String> = ["users list", "users lookup", "users me"]
    private static let passing: Set<String> = ["where", "assert", "sort", "first", "last", "skip", "unique"]

    private static func givesUsers(_ stages: ArraySlice<PlannedStage>) -> Bool {
        guard let first = stages.first?.signature, users.contains(first.name) else { return false }
        return stages.dropFirst().allSatisfy { $0.signature.map { passing.contains($0.name) } ?? false }
    }

    private static func read(_ tokens: [ConditionToken], _ isAboutUsers: Bool) -> [IDComparison] {
        var found: [IDComparison] = []
        for (index, token) in tokens.enumerated() {
            guard let path = token.plain, path == "id" || path.hasSuffix(".id") else { continue }
            var rest = tokens[(index + 1)...]
            var values: [(text: String, span: Span)] = []
            /// Whether every value is written out: else some are variables, and the field must stay.
            var isComplete = true
            func take() {
                guard case .operand(let word)? = rest.popFirst()?.kind else { return }
                if let text = word.literal { values.append((text, word.span)) } else { isComplete = false }
            }
            if let sign = rest.first?.sign, ["==", "=", "!="].contains(sign) {
                rest = rest.dropFirst()
                take()
            } else {
                if rest.first?.plain == "not" { rest = rest.dropFirst() }
                guard rest.popFirst()?.plain == "in", rest.popFirst()?.sign == "(" else { continue }
                repeat { take() } while rest.popFirst()?.sign == ","
            }
            found.append(
                IDComparison(field: token.span, path: path, values: values, isAboutUsers: isAboutUsers && isComplete))
        }
        return found
    }
}
