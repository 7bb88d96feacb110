/// A completion script for a Unix shell, to be kept where that shell looks for them.
///
/// Each script holds the whole table as `case` branches and walks the words typed so far through it. People, roles and
/// connections are completed by zosh's own prompt: a script could only ask Zoho for them, at every press of Tab.
enum CompletionScript: String, CaseIterable {
    case bash, zsh, fish

    func lines(_ table: CompletionTable) -> [String] {
        switch self {
        case .bash: BashCompletion(table: table).lines
        case .zsh: ZshCompletion(table: table).lines
        case .fish: FishCompletion(table: table).lines
        }
    }

    /// A text between single quotes, as bash and zsh read it.
    static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }

    /// Names of outer options whose value stands in the next word.
    static func valued(_ table: CompletionTable, separator: String) -> String {
        table.outer.filter { $0.value != nil }.flatMap(\.names).joined(separator: separator)
    }
}
