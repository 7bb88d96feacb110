/// The completion script for fish, which shows what each word means.
struct FishCompletion: Sendable {
    let table: CompletionTable

    var lines: [String] {
        ["# fish completion for zosh, made by `zosh help --completions fish`", ""] + nodes + [""] + values + [""]
            + Self.walk(valued: CompletionScript.valued(table, separator: " "))
    }

    /// Fails where the words lead nowhere; with a second word, prints what that word asks for.
    private var nodes: [String] {
        var lines = ["function __zosh_node", "    switch \"$argv[1]\""]
        for node in table.nodes {
            lines.append("        case \(quoted(node.path))")
            lines.append("            switch \"$argv[2]\"")
            lines += branch("words", node.words) + branch("options", node.options)
            if node.values != nil { lines += ["                case place", "                    echo yes"] }
            if node.namesCommand { lines += ["                case follows", "                    echo yes"] }
            lines += ["            end"]
        }
        return lines + ["        case '*'", "            return 1", "    end", "    return 0", "end"]
    }

    private func branch(_ name: String, _ offers: [CompletionTable.Offer]) -> [String] {
        guard !offers.isEmpty else { return [] }
        return ["                case \(name)"]
            + offers.map { "                    printf '%s\\t%s\\n' \(quoted($0.text)) \(quoted($0.meaning))" }
    }

    private var values: [String] {
        var lines = ["function __zosh_values", "    switch \"$argv[1]\""]
        for (place, values) in table.values {
            lines.append("        case \(quoted(place))")
            switch values {
            case .words(let words):
                lines.append(
                    "            printf '%s\\n' \"$argv[2]\"\(words.map(quoted).joined(separator: " \"$argv[2]\""))")
            case .files: lines.append("            __fish_complete_path \"$argv[3]\"")
            }
        }
        lines += ["    end", "end", "", "function __zosh_outer"]
        for option in table.outer {
            for name in option.names {
                lines.append("    printf '%s\\t%s\\n' \(quoted(name)) \(quoted(option.meaning))")
            }
        }
        return lines + ["end"]
    }

    private func quoted(_ text: String) -> String {
        "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
    }

    private static func walk(valued: String) -> [String] {
        """
        function __zosh_complete
            set -l typed (commandline -opc)
            set -l current (commandline -ct)
            set -l node ''
            set -l pending ''
            set -l last ''
            set -l named ''
            set -l asked ''
            for word in $typed[2..-1]
                set last ''
                if test -n "$pending"
                    set pending ''
                    continue
                end
                if test -z "$node"; and contains -- $word \(valued)
                    set pending $word
                    continue
                end
                if string match -q -- '-*' $word
                    set last (string replace -r -- '^--' '' $word)
                    continue
                end
                test -n "$named"; and continue
                if test -n "$(__zosh_node "$node" follows)"; and __zosh_node $word
                    set node $word
                    set asked yes
                    continue
                end
                set -l longer (string trim -- "$node $word")
                if __zosh_node $longer
                    set node $longer
                    continue
                end
                test -z "$node"; and return
                set named yes
            end
            if test -n "$pending"
                __zosh_values " $pending" '' $current
                return
            end
            if string match -q -- '*=*' $current
                set -l name (string replace -r -- '=.*' '' $current)
                set -l value (string replace -r -- '^[^=]*=' '' $current)
                __zosh_values "$node "(string replace -r -- '^--' '' $name) "$name=" $value
                return
            end
            if test -n "$last"
                set -l values (__zosh_values "$node $last" '' $current)
                if test -n "$values"
                    printf '%s\\n' $values
                    return
                end
            end
            test -z "$named"; and __zosh_node "$node" words
            test -n "$asked"; and return
            if string match -q -- '--*' $current
                __zosh_node "$node" options | string replace -r -- '^([a-z][^\\t]*=)' '--$1'
            else
                __zosh_node "$node" options
            end
            test -z "$node"; and __zosh_outer
            test -n "$(__zosh_node "$node" place)"; and __zosh_values "$node" '' $current
            if test -z "$named"; and test -n "$(__zosh_node "$node" follows)"
                __zosh_node '' words
            end
        end

        complete -c zosh -f -a '(__zosh_complete)'
        """.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
