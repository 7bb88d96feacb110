public import ZoshKit

/// Which words name which command: built once from one list, read by interpreter, completer and help.
///
/// The invariant is that a path has one owner; two modules that claim the same one stop the start, naming both.
public struct CommandRegistry: Sendable {
    /// One object for all plans that name the command: a long script has thousands of stages.
    public final class Entry: Sendable {
        public let command: any Command
        /// The module's name.
        public let owner: String
        public let signature: Signature

        init(command: any Command, owner: String) {
            self.command = command
            self.owner = owner
            signature = command.signature
        }

        /// What a user can type for it, aliases included.
        var names: [String] { [signature.name] + signature.aliases.map { $0.joined(separator: " ") } }
    }

    /// A word after which a command or more words follow.
    struct Node: Sendable {
        var children: [String: Node] = [:]
        var entry: Entry?
    }

    /// In the order of the list, aliases left out.
    public let entries: [Entry]
    let root: Node

    /// - Throws: `ZoshError` of kind `.bug` when a path is empty or claimed twice.
    public init(_ modules: [any ShellModule]) throws(ZoshError) {
        var entries: [Entry] = []
        var root = Node()
        for module in modules {
            for command in module.commands {
                let entry = Entry(command: command, owner: module.name)
                entries.append(entry)
                for path in [command.signature.path] + command.signature.aliases {
                    guard !path.isEmpty else {
                        throw ZoshError(.bug, "module '\(module.name)' has a command without a name")
                    }
                    if let other = Self.insert(entry, at: path[...], into: &root) {
                        throw ZoshError(
                            .bug,
                            "both '\(other.owner)' and '\(module.name)' claim the command "
                                + "'\(path.joined(separator: " "))'"
                        )
                    }
                }
            }
        }
        self.entries = entries
        self.root = root
    }

    /// - Returns: who has the path already.
    private static func insert(_ entry: Entry, at path: ArraySlice<String>, into node: inout Node) -> Entry? {
        guard let word = path.first else {
            if let other = node.entry { return other }
            node.entry = entry
            return nil
        }
        return insert(entry, at: path.dropFirst(), into: &node.children[word, default: Node()])
    }

    /// The command of exactly this path.
    public func entry(at path: [String]) -> Entry? { node(at: path)?.entry }

    /// The command that finds a record of a noun by what people call it.
    func lookup(of resource: Resource) -> Entry? {
        entries.first { $0.signature.states(.looksUp) && $0.signature.rows?.resource == resource }
    }

    func node(at path: [String]) -> Node? {
        path.reduce(root) { $0?.children[$1] }
    }

    /// The words that may follow these, sorted; empty when none may.
    public func words(after path: [String]) -> [String] { node(at: path)?.children.keys.sorted() ?? [] }

    /// Every path a user can type, aliases included, as one string each.
    public var names: [String] {
        entries.flatMap(\.names)
    }
}
