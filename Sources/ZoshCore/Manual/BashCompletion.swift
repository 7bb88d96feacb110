/// The completion script for bash.
struct BashCompletion: Sendable {
    let table: CompletionTable

    var lines: [String] {
        ["# bash completion for zosh, made by `zosh help --completions bash`", ""] + nodes + [""] + values + [""]
            + Self.walk(valued: CompletionScript.valued(table, separator: "|")) + ["", "complete -F _zosh zosh"]
    }

    /// What may stand behind the words typed so far; fails where they lead nowhere.
    private var nodes: [String] {
        var lines = ["_zosh_node() {", "    words='' options='' place='' follows=''", "    case $1 in"]
        for node in table.nodes {
            var facts: [String] = []
            if !node.words.isEmpty {
                facts.append("words=\(quoted(node.words.map(\.text)))")
            }
            if !node.options.isEmpty { facts.append("options=\(quoted(node.options.map(\.text)))") }
            if node.values != nil { facts.append("place=\(CompletionScript.quoted(node.path))") }
            if node.namesCommand { facts.append("follows=yes") }
            lines.append("        \(CompletionScript.quoted(node.path))) \((facts + [";;"]).joined(separator: " "))")
        }
        return lines + ["        *) return 1 ;;", "    esac", "}"]
    }

    /// The values of an option, or of what stands without a name.
    private var values: [String] {
        var lines = ["_zosh_values() {", "    values='' files=''", "    case $1 in"]
        for (place, values) in table.values {
            let fact =
                switch values {
                case .words(let words): "values=\(quoted(words))"
                case .files: "files=yes"
                }
            lines.append("        \(CompletionScript.quoted(place))) \(fact) ;;")
        }
        let names = table.outer.flatMap(\.names).filter { $0.hasPrefix("--") }
        return lines + ["    esac", "}", "", "_zosh_outer=\(quoted(names))"]
    }

    private func quoted(_ words: [String]) -> String { CompletionScript.quoted(words.joined(separator: " ")) }

    private static func walk(valued: String) -> [String] {
        """
        _zosh() {
            local line=${COMP_LINE:0:COMP_POINT} node='' pending='' last='' named='' asked='' word current offer='' i
            local words options place follows values='' files=''
            local -a typed
            read -ra typed <<<"$line"
            [[ $line == *[[:space:]] ]] && typed+=('')
            current=${typed[-1]}
            _zosh_node ''
            for ((i = 1; i < ${#typed[@]} - 1; i++)); do
                word=${typed[i]} last=''
                if [[ -n $pending ]]; then pending=''; continue; fi
                if [[ -z $node ]]; then
                    case $word in \(valued)) pending=$word; continue ;; esac
                fi
                case $word in -*) last=${word#--}; continue ;; esac
                [[ -n $named ]] && continue
                if [[ -n $follows ]] && _zosh_node "$word"; then node=$word asked=yes; continue; fi
                if _zosh_node "${node:+$node }$word"; then node="${node:+$node }$word"; continue; fi
                [[ -z $node ]] && return
                named=yes
            done
            if [[ -n $pending ]]; then
                _zosh_values " $pending"
            elif [[ $current == *=* ]]; then
                word=${current%%=*}
                _zosh_values "$node ${word#--}"
                current=${current#*=}
            elif [[ -n $last ]] && { _zosh_values "$node $last"; [[ -n $values$files ]]; }; then
                :
            else
                _zosh_node "$node"
                [[ -z $named ]] && offer=$words
                if [[ -z $asked ]]; then
                    offer="$offer $options"
                    for word in $options; do
                        [[ $current == --* && $word == *= ]] && offer="$offer --$word"
                    done
                    [[ -z $node && $current == -* ]] && offer="$offer $_zosh_outer"
                    [[ -n $place ]] && _zosh_values "$place"
                    [[ -z $named && -n $follows ]] && { _zosh_node ''; offer="$offer $words"; }
                fi
            fi
            mapfile -t COMPREPLY < <(compgen -W "$offer $values" -- "$current")
            if [[ -n $files ]]; then
                compopt -o filenames 2>/dev/null
                mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$current")
            fi
            [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
            return 0
        }
        """.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
