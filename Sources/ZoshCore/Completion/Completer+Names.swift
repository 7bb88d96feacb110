internal import ZoshKit

extension Completer {
    /// The session's variables after `$`; no space follows, since `.field` may.
    func variables(_ context: CursorContext) -> [CompletionCandidate] {
        WordRanking.best(around.variables.keys.sorted(), for: context.text, by: \.self).map { name in
            CompletionCandidate(
                insertion: name, display: "$" + name,
                description: (around.variables[name] ?? []).joined(separator: ", "), kind: .variable)
        }
    }

    /// The fields of a variable's rows; `$it` is a user most of the time.
    func variableFields(_ name: String, _ context: CursorContext) -> [CompletionCandidate] {
        let known = around.variables[name] ?? (name == "it" ? UserFieldNames.shown : [])
        return WordRanking.best(known, for: context.text, by: \.self).compactMap { field in
            guard let insertion = insertion(ofField: field, context) else { return nil }
            return CompletionCandidate(insertion: insertion, display: field, kind: .field)
        }
    }

    /// `role.name` as it is, `"Work E-mail"` in quotes; nil inside a longer text, where only plain names can follow.
    private func insertion(ofField field: String, _ context: CursorContext) -> String? {
        let isPlain = field.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
            Word.isName(String(part)) && !part.contains("-")
        }
        let isInText = context.word?.fragments.contains { fragment in
            if case .variable(let reference) = fragment.kind { reference.quoted } else { false }
        }
        if isInText == true { return isPlain ? field : nil }
        guard context.quoting == .bare else { return Syntax.quoted(field, context.quoting) }
        return isPlain ? field : Syntax.quoted(field, .double)
    }

    /// Files of the folder typed so far; hidden ones only when a dot was typed.
    func files(_ context: CursorContext) -> [CompletionCandidate] {
        let slash = context.text.lastIndex(of: "/").map { context.text.index(after: $0) } ?? context.text.startIndex
        let folder = String(context.text[..<slash])
        let typed = String(context.text[slash...])
        let files = around.files(folder).filter { typed.hasPrefix(".") || !$0.name.hasPrefix(".") }
        return WordRanking.best(files, for: typed, by: \.name).map { file in
            CompletionCandidate(
                insertion: Syntax.quoted(folder + file.name + (file.isFolder ? "/" : ""), context.quoting)
                    + (file.isFolder ? "" : " "),
                display: file.name + (file.isFolder ? "/" : ""), kind: file.isFolder ? .folder : .file)
        }
    }
}
