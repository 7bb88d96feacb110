/// What there is to say about the program around the language: how it is started, and what it reads. The executable
/// fills it in; man pages and completion scripts read it.
public struct ProgramManual: Sendable {
    /// An option that stands before the command.
    public struct OuterOption: Sendable {
        /// As they are typed: `-c`, `--format`.
        public let names: [String]
        /// What its value is called; nil when it takes none.
        public let value: String?
        /// The values there are, where they can be listed.
        public let choices: [String]
        public let meaning: String

        public init(names: [String], value: String?, choices: [String] = [], meaning: String) {
            self.names = names
            self.value = value
            self.choices = choices
            self.meaning = meaning
        }

        var takesFile: Bool { value == "file" }
    }

    /// A variable of the environment, or a file, and what it is for.
    public struct Entry: Sendable {
        public let name: String
        public let meaning: String

        public init(_ name: String, _ meaning: String) {
            self.name = name
            self.meaning = meaning
        }
    }

    public let version: String
    public let summary: String
    /// Ways to start it, and what each does.
    public let usage: [Entry]
    public let options: [OuterOption]
    public let variables: [Entry]
    public let files: [Entry]

    public init(
        version: String, summary: String = "an admin shell", usage: [Entry] = [], options: [OuterOption] = [],
        variables: [Entry] = [], files: [Entry] = []
    ) {
        self.version = version
        self.summary = summary
        self.usage = usage
        self.options = options
        self.variables = variables
        self.files = files
    }
}
