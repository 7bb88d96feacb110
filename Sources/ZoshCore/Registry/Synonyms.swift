/// What other admin tools call what zosh has under Zoho's name; suggested, never run.
enum Synonyms {
    private static let sets: [(ours: [String], theirs: Set<String>)] = [
        (["deactivate"], ["block", "deprovision", "disable", "lock", "suspend"]),
        (["activate"], ["enable", "reactivate", "restore", "unblock", "unlock", "unsuspend"]),
        (["add", "create", "new"], ["add", "create", "insert", "invite", "new"]),
        (["delete", "remove"], ["delete", "destroy", "remove", "rm"]),
        (["find"], ["grep", "search"]),
        (["list"], ["all", "ls"]),
        (["lookup", "show", "status"], ["describe", "get", "info", "show", "view"]),
        (["update"], ["change", "edit", "modify", "set", "update"]),
        (["exit"], ["bye", "close", "logoff", "q"]),
    ]

    /// Our words for another tool's, the likeliest first.
    static func of(_ word: String) -> [String] {
        let word = word.lowercased()
        return sets.flatMap { $0.theirs.contains(word) ? $0.ours.filter { $0 != word } : [] }
    }
}
