internal import ZoshKit

/// What a Unix shell can complete after `zosh` without running it: command words, their options, and values from fixed
/// lists.
struct CompletionTable: Sendable {
    /// Something to offer, and what it is.
    struct Offer: Sendable {
        let text: String
        let meaning: String
    }

    enum Values: Sendable {
        case words([String])
        case files
    }

    /// What can follow the words typed so far.
    struct Node: Sendable {
        /// Joined by spaces; empty at the beginning.
        let path: String
        /// The next words of commands.
        var words: [Offer] = []
        /// `--flag` as it is typed, `name=` with its sign.
        var options: [Offer] = []
        /// Values of positional arguments.
        var values: Values?
        /// Whether another command's words follow, as they do `help`.
        var namesCommand = false
    }

    let nodes: [Node]
    /// Those of options by path and name (`users list type`), of positional arguments by path, and of outer options by
    /// a space and their name.
    let values: [(place: String, values: Values)]
    let outer: [ProgramManual.OuterOption]

    init(_ registry: CommandRegistry, _ program: ProgramManual) {
        outer = program.options
        var nodes: [Node] = []
        var values: [(String, Values)] = []
        Self.collect(registry.root, [], &nodes, &values)
        self.nodes = nodes
        let positional = nodes.compactMap { node in node.values.map { (node.path, $0) } }
        self.values = values + positional + Self.values(ofOuter: program.options)
    }

    private static func values(ofOuter options: [ProgramManual.OuterOption]) -> [(String, Values)] {
        options.flatMap { option -> [(String, Values)] in
            if option.takesFile { return option.names.map { (" " + $0, .files) } }
            return option.choices.isEmpty ? [] : option.names.map { (" " + $0, .words(option.choices)) }
        }
    }

    private static func collect(
        _ branch: CommandRegistry.Node, _ path: [String], _ nodes: inout [Node], _ values: inout [(String, Values)]
    ) {
        let name = path.joined(separator: " ")
        var node = Node(path: name)
        let children = branch.children.sorted { $0.key < $1.key }
        node.words = children.map { word, child in
            Offer(
                text: word,
                meaning: child.entry?.signature.summary ?? child.children.keys.sorted().joined(separator: ", "))
        }
        if let signature = branch.entry?.signature {
            for parameter in signature.allParameters {
                let known = Self.values(of: parameter)
                switch parameter.kind {
                case .option, .flag:
                    node.options.append(Offer(text: typed(parameter, signature), meaning: parameter.help))
                    if parameter.kind == .option, let known { values.append(("\(name) \(parameter.name)", known)) }
                case .argument, .optionalArgument, .arguments:
                    node.values = node.values ?? known
                    if parameter.type == .command { node.namesCommand = true }
                }
            }
        }
        nodes.append(node)
        for (word, child) in children { collect(child, path + [word], &nodes, &values) }
    }

    /// An option up to its value: `--at-most`, `type=`.
    private static func typed(_ parameter: Parameter, _ signature: Signature) -> String {
        let text = HelpPage.left(parameter, signature).prefix { $0 != " " }
        return text.firstIndex(of: "=").map { String(text[...$0]) } ?? String(text)
    }

    private static func values(of parameter: Parameter) -> Values? {
        switch parameter.type.element {
        case .choice(let words): .words(words)
        case .boolean: .words(["yes", "no"])
        case .file: .files
        default: nil
        }
    }
}
