/// The completion script for zsh, which shows what each word means.
struct ZshCompletion: Sendable {
    let table: CompletionTable

    var lines: [String] {
        ["#compdef zosh", "# zsh completion for zosh, made by `zosh help --completions zsh`", ""] + nodes + [""]
            + values + [""] + Self.walk(valued: CompletionScript.valued(table, separator: "|"))
    }

    private var nodes: [String] {
        var lines = [
            "_zosh_node() {", "    commands=() options=() names=() place='' follows=''", "    case $1 in",
        ]
        for node in table.nodes {
            lines.append("        \(CompletionScript.quoted(node.path)))")
            if !node.words.isEmpty { lines.append("            commands=(\(described(node.words)))") }
            let flags = node.options.filter { !$0.text.hasSuffix("=") }
            let named = node.options.filter { $0.text.hasSuffix("=") }
            if !flags.isEmpty { lines.append("            options=(\(described(flags)))") }
            if !named.isEmpty { lines.append("            names=(\(described(named)))") }
            if node.values != nil { lines.append("            place=\(CompletionScript.quoted(node.path))") }
            if node.namesCommand { lines.append("            follows=yes") }
            lines.append("            ;;")
        }
        return lines + ["        *) return 1 ;;", "    esac", "}"]
    }

    private var values: [String] {
        var lines = ["_zosh_values() {", "    values=() files=''", "    case $1 in"]
        for (place, values) in table.values {
            let fact =
                switch values {
                case .words(let words): "values=(\(words.map(CompletionScript.quoted).joined(separator: " ")))"
                case .files: "files=yes"
                }
            lines.append("        \(CompletionScript.quoted(place))) \(fact) ;;")
        }
        let flags = table.outer.flatMap { option in
            option.names.map { CompletionTable.Offer(text: $0, meaning: option.meaning) }
        }
        return lines + ["    esac", "}", "", "_zosh_outer=(\(described(flags)))"]
    }

    /// Words as `_describe` takes them: a colon ends the word.
    private func described(_ offers: [CompletionTable.Offer]) -> String {
        offers.map { offer in
            let text = offer.text.replacing(":", with: "\\:")
            return CompletionScript.quoted(offer.meaning.isEmpty ? text : "\(text):\(offer.meaning)")
        }.joined(separator: " ")
    }

    private static func walk(valued: String) -> [String] {
        """
        _zosh() {
            local node='' pending='' last='' named='' asked='' word place follows files
            local -a commands options names values
            integer i
            _zosh_node ''
            for ((i = 2; i < CURRENT; i++)); do
                word=$words[i] last=''
                if [[ -n $pending ]]; then pending=''; continue; fi
                if [[ -z $node ]]; then
                    case $word in \(valued)) pending=$word; continue ;; esac
                fi
                case $word in -*) last=${word#--}; continue ;; esac
                [[ -n $named ]] && continue
                if [[ -n $follows ]] && _zosh_node "$word"; then node=$word asked=yes; continue; fi
                if _zosh_node "${node:+$node }$word"; then node="${node:+$node }$word"; continue; fi
                [[ -z $node ]] && return 1
                named=yes
            done
            values=() files=''
            if [[ -n $pending ]]; then
                _zosh_values " $pending"
            elif [[ $PREFIX == *=* ]]; then
                word=${PREFIX%%=*}
                _zosh_values "$node ${word#--}"
                compset -P '*='
            elif [[ -n $last ]] && { _zosh_values "$node $last"; [[ -n $files || $#values -gt 0 ]] }; then
                :
            else
                _zosh_node "$node"
                [[ -z $named ]] && _describe -t commands command commands
                if [[ -z $asked ]]; then
                    _describe -t options option options
                    [[ $PREFIX == --* ]] && names=(--${^names})
                    _describe -t options option names -S ''
                    [[ -z $node ]] && _describe -t options option _zosh_outer
                    [[ -n $place ]] && _zosh_values "$place"
                    if [[ -z $named && -n $follows ]]; then
                        _zosh_node ''
                        _describe -t commands command commands
                    fi
                fi
            fi
            (( $#values )) && compadd -a values
            [[ -n $files ]] && _files
            return 0
        }

        if [[ $funcstack[1] == _zosh ]]; then _zosh "$@"; else compdef _zosh zosh; fi
        """.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
