public import ArgumentParser
public import ZoshCore
import ZoshKit

/// What may stand behind `zosh` on a command line.
///
/// Only the outer flags are parsed here; everything behind the first plain word belongs to zosh's own language.
struct Arguments: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "zosh",
        abstract: "An admin shell for Zoho CRM: users, organisations and grants, in every data centre",
        usage: """
            zosh                                  open the shell
            zosh [options] COMMAND …              run one command, words as the caller split them
            zosh [options] -c 'LINE'              run a line
            zosh [options] -f FILE [name=value …] run a script, as 'replay FILE …' does (also: zosh FILE.zosh)
            zosh [options] < FILE                 run a script line by line
            """,
        discussion: "Inside: help lists every command, help COMMAND explains one",
        version: ZoshVersion.text)

    /// As every other message begins.
    static var _errorPrefix: String { "zosh: " }

    @ArgumentParser.Option(name: .short, help: ArgumentHelp("Run this line and exit", valueName: "line"))
    var c: String?

    @ArgumentParser.Option(name: .short, help: ArgumentHelp("Run this script and exit", valueName: "file"))
    var f: String?

    @ArgumentParser.Option(help: ArgumentHelp("The stored connection to work on", valueName: "name"))
    var connection: String?

    @ArgumentParser.Option(help: ArgumentHelp("table, json, ndjson, csv, tsv, yaml or ids", valueName: "format"))
    var format: OutputFormat?

    @ArgumentParser.Flag(help: "Do not ask before changes")
    var yes = false

    @ArgumentParser.Option(help: ArgumentHelp("Refuse more targets than this, whatever a line allows", valueName: "n"))
    var atMost: Int?

    @ArgumentParser.Flag(help: "Allow giving or taking administrator rights")
    var administrators = false

    @ArgumentParser.Flag(help: "Describe changes, make none")
    var dryRun = false

    @ArgumentParser.Option(
        help: ArgumentHelp("Write what the line would change to a new file, to review and apply", valueName: "file"))
    var plan: String?

    @ArgumentParser.Flag(help: "Refuse every change")
    var readOnly = false

    @ArgumentParser.Flag(help: "Let scripts run other programs (!prog)")
    var allowExternal = false

    @ArgumentParser.Flag(help: "No colour (also: NO_COLOR)")
    var noColor = false

    @ArgumentParser.Flag(help: "Log requests to standard error, without secrets")
    var trace = false

    @ArgumentParser.Flag(help: "Work on an emulated Zoho inside this process; nothing of yours is read or written")
    var demo = false

    @ArgumentParser.Option(help: ArgumentHelp("Users of the emulated organisation", valueName: "n"))
    var demoUsers: Int?

    @ArgumentParser.Option(help: ArgumentHelp("Seed of the emulated world", valueName: "s"))
    var demoSeed: UInt64?

    @ArgumentParser.Option(help: ArgumentHelp("A world file (a saved GET /users reply is one)", valueName: "file"))
    var demoWorld: String?

    @ArgumentParser.Option(help: ArgumentHelp("Faults of the emulated Zoho", valueName: "spec"))
    var demoFaults: String?

    @ArgumentParser.Argument(parsing: .captureForPassthrough, help: "A command, or a script file")
    var words: [String] = []

    /// Whether a word asks about zosh itself. Capturing the rest of the line verbatim takes these from the parser.
    private static func informs(_ word: String) -> Bool { ["--version", "--help", "-h"].contains(word) }

    /// The answer to `--version` and `--help`; nil when there is work to do.
    var information: String? {
        guard let first = words.first, Self.informs(first) else { return nil }
        return first == "--version" ? ZoshVersion.text : Self.help()
    }

    /// `--help`, on lines of some width. The library ends its own two lines with a full stop; no other line has one.
    static func help(columns: Int? = nil) -> String { helpMessage(columns: columns).replacing(".\n", with: "\n") }

    /// The arguments of a command line, with zosh's own flags also where people put them: behind the command.
    static func read(_ line: [String]) throws -> Arguments {
        let first = try parse(line)
        guard first.information == nil else { return first }
        let hoisted = OuterFlags.hoisted(line, words: first.words, isCommand: first.c == nil && first.f == nil)
        let all = hoisted == line ? first : try parse(hoisted)
        try checkOnce(hoisted.dropLast(all.words.count))
        return all
    }

    /// The last of two would count, without a word about the first.
    private static func checkOnce(_ words: ArraySlice<String>) throws {
        var seen: Set<String> = []
        var rest = words
        while let word = rest.popFirst() {
            let name = String(word.prefix { $0 != "=" })
            guard options.contains(name) else { continue }
            if name == word { _ = rest.popFirst() }
            guard !seen.insert(name).inserted else { continue }
            throw ZoshError(
                .usage, "\(name) is given twice",
                remedy: name == "-c" ? "put all lines into one, separated by ;" : "give it once")
        }
    }

    private static let options: Set<String> = [
        "-c", "-f", "--connection", "--format", "--at-most", "--plan", "--demo-users", "--demo-seed", "--demo-world",
        "--demo-faults",
    ]

    /// Whether words that could not be read ask for errors that a program reads.
    static func askForJSON(_ words: [String]) -> Bool {
        let words = words.prefix { $0 != "--" }
        func isJSON(_ text: some StringProtocol) -> Bool { OutputFormat(rawValue: String(text))?.isJSON == true }
        return zip(words, words.dropFirst()).contains { $0 == "--format" && isJSON($1) }
            || words.contains { $0.hasPrefix("--format=") && isJSON($0.dropFirst("--format=".count)) }
    }

    func validate() throws {
        if c != nil, f != nil { throw ValidationError("use either -c or -f") }
        // Behind the first plain word everything belongs to zosh's own language, and behind a script's name to
        // `replay`; before it, a dash is a mistake.
        if f == nil, let first = words.first, first.hasPrefix("-"), first != "-", !Self.informs(first) {
            throw ValidationError("unknown option '\(first)'")
        }
        if let atMost, atMost < 0 { throw ValidationError("--at-most must be 0 or more") }
        if plan != nil, dryRun { throw ValidationError("use either --dry-run or --plan") }
        if let demoUsers, demoUsers < 1 { throw ValidationError("--demo-users must be 1 or more") }
        if !demo, demoUsers != nil || demoSeed != nil || demoWorld != nil || demoFaults != nil {
            throw ValidationError("--demo-users, --demo-seed, --demo-world and --demo-faults need --demo")
        }
    }
}

extension OutputFormat: ExpressibleByArgument {}
