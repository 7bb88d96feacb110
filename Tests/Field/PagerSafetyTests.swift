import Testing
import ZoshTesting

@testable import zosh

/// The program that shows long results is a viewer: it is no way to run others or to write files.
@Suite("The pager is no shell")
struct PagerSafetyTests {
    private func start(_ command: String?, _ environment: [String: String], input text: String) throws -> String {
        let words = PagerProgram(command) { environment[$0] }.words
        let ending = try ChildProcess(words[0], Array(words.dropFirst()), environment: environment, input: text)
            .ending()
        return ending.output + ending.errors
    }

    /// A program that says what it was told.
    private static let script = "echo secure=$LESSSECURE open=$LESSOPEN shell=$SHELL editor=$VISUAL,$EDITOR less=$LESS"

    @Test(
        "Every pager is told to be one, however it was chosen",
        arguments: [
            ("sh -c '\(script)'", [:]), (nil, ["PAGER": "sh -c '\(script)'"]),
            (nil, ["ZOSH_PAGER": "sh -c '\(script)'", "PAGER": "no"]),
            (
                "sh -c '\(script)'",
                ["LESSSECURE": "0", "LESSOPEN": "|id", "SHELL": "/bin/sh", "VISUAL": "vi", "EDITOR": "vi"]
            ),
        ] as [(String?, [String: String])])
    func told(command: String?, environment: [String: String]) throws {
        var environment = environment
        environment["PATH"] = "/usr/bin:/bin"
        let text = try start(command, environment, input: "")
        #expect(text == "secure=1 open= shell=/bin/false editor=/bin/false,/bin/false less=FX -R\n")
    }

    @Test("The person's own LESS stays, and colours are always shown")
    func options() throws {
        let text = try start("sh -c 'echo $LESS'", ["PATH": "/usr/bin:/bin", "LESS": "-S"], input: "")
        #expect(text == "-S -R\n")
    }

    @Test(
        "Which one it is",
        arguments: [
            (nil, [:], "less", false), (nil, ["PAGER": "more"], "more", true),
            ("less -S", ["PAGER": "more"], "less -S", true), (nil, ["PAGER": ""], "less", false),
        ] as [(String?, [String: String], String, Bool)])
    func chosen(setting: String?, environment: [String: String], command: String, wasChosen: Bool) {
        let program = PagerProgram(setting) { environment[$0] }
        #expect(program.command == command)
        #expect(program.wasChosen == wasChosen)
    }
}
