internal import ZoshKit

/// What other tools call what zosh has under another name; suggested, never run.
enum Synonyms {
    /// Within a group of commands: `users suspend`.
    private static let words: [(ours: [String], theirs: Set<String>)] = [
        (["deactivate"], ["block", "deprovision", "disable", "lock", "suspend"]),
        (["activate"], ["enable", "reactivate", "restore", "unblock", "unlock", "unsuspend"]),
        (["add", "create", "new"], ["add", "create", "insert", "invite", "new"]),
        (["delete", "remove"], ["delete", "destroy", "remove", "rm", "del"]),
        (["find"], ["grep", "search"]),
        (["list"], ["all", "ls", "dir"]),
        (["lookup", "show", "status"], ["describe", "get", "info", "show", "view", "cat"]),
        (["update"], ["change", "edit", "modify", "set", "update"]),
        (["use"], ["choose", "select", "switch"]),
        (["login"], ["log-in", "sign-in", "signin"]),
        (["logout"], ["log-out", "sign-out", "signout"]),
        (["exit"], ["bye", "close", "logoff", "q"]),
    ]

    /// At the beginning of a stage: a whole command for a word of a shell, of SQL, of a spreadsheet.
    private static let commands: [(ours: String, theirs: Set<String>)] = [
        ("auth login", ["authenticate", "connect", "log", "log-in", "login", "sign", "sign-in", "signin"]),
        ("auth logout", ["disconnect", "log-out", "logoff", "logout", "sign-out", "signout"]),
        ("auth status", ["status", "session"]),
        ("auth setup", ["init", "install", "setup"]),
        ("users list", ["dir", "everybody", "everyone", "list", "ll", "ls", "members", "people"]),
        ("users find", ["find", "search", "whois"]),
        ("users lookup", ["describe", "get", "lookup", "show", "view"]),
        ("users add", ["adduser", "create", "insert", "invite", "new", "useradd"]),
        // Not "change" or "modify": what is to be changed may as well be a setting or a connection.
        ("users update", ["usermod"]),
        ("users deactivate", ["block", "deactivate", "deprovision", "disable", "lock", "suspend"]),
        ("users activate", ["activate", "enable", "reactivate", "restore", "unblock", "unlock", "unsuspend"]),
        ("users delete", ["del", "delete", "deluser", "remove", "rm", "userdel"]),
        ("users me", ["id", "me", "myself", "self"]),
        ("users stats", ["stats", "statistics", "summary"]),
        ("users tree", ["chart", "hierarchy", "orgchart", "tree"]),
        ("users fields", ["columns", "fields", "schema"]),
        ("whoami", ["who", "whom"]),
        ("use", ["cd", "choose", "su", "switch"]),
        ("first", ["head", "limit", "take", "top"]),
        ("last", ["tail"]),
        ("skip", ["drop", "offset"]),
        ("sort", ["arrange", "order", "order-by", "order_by", "orderby", "sort-by", "sort_by", "sortby"]),
        ("where", ["filter", "having", "when"]),
        ("select", ["cut", "fields", "keep", "pick", "pluck", "project", "columns"]),
        ("unique", ["dedup", "dedupe", "distinct", "uniq"]),
        ("group", ["aggregate", "group-by", "group_by", "groupby", "tally"]),
        ("count", ["length", "len", "size", "wc"]),
        ("join", ["merge", "vlookup"]),
        ("each", ["apply", "do", "for", "foreach", "loop", "map", "parallel", "xargs"]),
        ("expand", ["explode", "flatten", "unnest", "unwind"]),
        ("open", ["cat", "import", "less", "load", "more", "read"]),
        ("save", ["download", "dump", "export", "out", "tee", "write"]),
        ("assert", ["check", "ensure", "expect", "require"]),
        ("let", ["define", "var"]),
        ("set", ["config", "configure", "env", "option", "options", "settings"]),
        ("replay", ["exec", "execute", "play", "run", "sh", "bash"]),
        ("source", ["exec", "execute", "run"]),
        ("exit", ["bye", "close", "end", "leave", "logoff", "q", "stop"]),
        ("help", ["commands", "info", "man", "usage"]),
        ("api get", ["curl", "http", "request", "wget"]),
        ("on", ["across", "foreach-org"]),
        ("connections list", ["accounts", "contexts", "profiles-list"]),
        ("explain", ["error", "errors"]),
    ]

    /// What no command does.
    private static let remedies: [(remedy: String, theirs: Set<String>)] = [
        ("Ctrl-L clears the screen", ["clear", "cls", "clear-host"]),
        (
            "use: users find TEXT, or … | where FIELD ~ PATTERN; to run grep: !grep PATTERN",
            ["grep", "egrep", "rg"]
        ),
        (
            "to run another program: !PROGRAM",
            ["awk", "echo", "jq", "man-db", "perl", "python", "sed", "vi", "vim", "nano"]
        ),
    ]

    /// Our words for another tool's, the likeliest first.
    static func of(_ word: String) -> [String] {
        let word = word.lowercased()
        return words.flatMap { $0.theirs.contains(word) ? $0.ours.filter { $0 != word } : [] }
    }

    /// Our commands for another tool's, the likeliest first.
    static func commands(for word: String) -> [String] {
        let word = word.lowercased().drop { $0 == ":" }
        return commands.filter { $0.theirs.contains(String(word)) }.map(\.ours)
    }

    /// What to do where no command of ours does it.
    static func remedy(for word: String) -> String? {
        let word = word.lowercased()
        return remedies.first { $0.theirs.contains(word) }?.remedy
    }
}
