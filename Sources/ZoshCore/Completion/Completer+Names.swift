internal import ZoshKit

extension Completer {
    /// The session's variables after `$`; no space follows, since `.field` may.
    func variables(_ context: CursorContext) -> [CompletionCandidate] {
        WordRanking.best(around.variables.keys.sorted(), for: context.text, by: \.self).map { name in
            CompletionCandidate(
                insertion: name, display: "$" + name, description: (around.variables[name] ?? []).joined(separator: ", "), kind: .variable)
        }
    }

    /// The fields of a variable's rows; `$it` is a user most of the time.
    func variableFields(_ name: String, _ context: CursorContext) -> [CompletionCandidate] {
        let known = around.variables[name] ?? (name == "it" ? UserFieldNames.shown : [])
        return WordRanking.best(known, for: context.text, by: \.self).map { field in
            CompletionCandidate(insertion: field, display: field, kind: .field)
        }
    }

    /// Files of the folder typed so far; hidden ones only when a dot was typed.
    func files(_ context: CursorContext) -> [CompletionCandidate] {
        let slash = context.text.lastIndex(of: "/").map { context.text.index(after: $0) } ?? context.text.startIndex
        let folder = String(context.text[..<slash])
        let typed = String(context.text[slash...])
        let files = around.files(folder).filter { typed.hasPrefix(".") || !$0.name.hasPrefix(".") }
        return WordRanking.best(files, for: typed, by: \.name).map { file in
            CompletionCandidate(
                insertion: Syntax.quoted(folder + file.name + (file.isFolder ? "/" : ""), context.quoting) + (file.isFolder ? "" : " "),
                display: file.name + (file.isFolder ? "/" : ""), kind: file.isFolder ? .folder : .file)
        }
    }
}
