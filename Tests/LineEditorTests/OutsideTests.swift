internal import Foundation
internal import Glibc
internal import Testing
internal import ZoshTesting

struct OutsideTests {
    /// A directory with a program in it that stands for somebody's editor.
    private final class Desk {
        let folder: URL
        let runtime: URL

        init(script: String) throws {
            folder = FileManager.default.temporaryDirectory.appendingPathComponent("desk-\(UUID().uuidString)")
            runtime = folder.appendingPathComponent("runtime")
            try FileManager.default.createDirectory(at: runtime, withIntermediateDirectories: true)
            try script.write(to: program, atomically: true, encoding: .utf8)
        }

        deinit { try? FileManager.default.removeItem(at: folder) }

        var program: URL { folder.appendingPathComponent("editor") }
        var environment: [String: String] {
            ["EDITOR": "/bin/sh " + program.path, "XDG_RUNTIME_DIR": runtime.path, "DESK": folder.path]
        }

        func text(_ name: String) throws -> String {
            try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        }
    }

    private let open = Key.control("X") + Key.control("E")

    @Test func `Ctrl-X Ctrl-E edits the line in a private file that is gone afterwards`() throws {
        let desk = try Desk(
            script: """
                stat -c '%a' "$1" > "$DESK/mode"
                stat -c '%a' "$(dirname "$1")" > "$DESK/folder-mode"
                cp "$1" "$DESK/seen"
                printf 'users list |\\n  count\\n' > "$1"
                touch "$1~"
                """)
        let terminal = try EditorSession.start(environment: desk.environment)
        terminal.type("users" + open)
        try terminal.expect("the new line, not run") { $0.lines == ["host> users list |", "  count"] }
        terminal.type("\r")
        try terminal.expect("<users list |\\n  count>")
        #expect(try desk.text("seen") == "users\n")
        #expect(try desk.text("mode") == "600\n")
        #expect(try desk.text("folder-mode") == "700\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: desk.runtime.path).isEmpty)
    }

    @Test func `An editor that fails leaves the line as it was`() throws {
        let desk = try Desk(script: "echo changed > \"$1\"; echo outside; exit 1\n")
        let terminal = try EditorSession.start(environment: desk.environment)
        terminal.type("users" + open)
        try terminal.expect("the line below what the editor said") { $0.lines == ["outside", "host> users"] }
        terminal.type("!\r")
        try terminal.expect("<users!>")
    }

    @Test(arguments: [Key.control("X") + Key.control("E"), Key.escape + "v"])
    func `In vi mode the line is edited outside, too, and not run`(keys: String) throws {
        let desk = try Desk(script: "printf 'from outside\\n' > \"$1\"\n")
        var environment = desk.environment
        environment["HOST_MODE"] = "vi"
        let terminal = try EditorSession.start(environment: environment)
        terminal.type("users")
        for key in keys { terminal.type(String(key)) }
        try terminal.expect("the new line, not run") { $0.lines == ["host> from outside"] }
        terminal.type("\r")
        try terminal.expect("<from outside>")
    }

    @Test func `Settling waits for the signals that were sent before`() throws {
        let terminal = try EditorSession.start()
        terminal.type("signals\r")
        try terminal.expect("late>")
        // Without it most of the two hundred are; one may be, while the kernel hands it to the main thread.
        let late = terminal.screen.lines.first { $0.hasSuffix("late>") }?.dropFirst().prefix { $0 != " " }
        #expect(try #require(late.flatMap { Int($0) }) < 50)
    }

    @Test func `A signal to end reaches the program outside and then us`() throws {
        let desk = try Desk(script: "trap 'exit 1' TERM; echo outside; read name; echo unreachable\n")
        let terminal = try EditorSession.start(environment: desk.environment)
        terminal.type(open)
        try terminal.expect("outside")
        terminal.signal(SIGTERM)
        try terminal.expect("<terminated>")
        #expect(try terminal.exit() == 143)
    }

    /// It may be heard when the terminal is gone already, hence the file and no heed of the hang-up.
    @Test func `A signal to end reaches what the program outside has started`() async throws {
        let desk = try Desk(
            script: """
                sh -c 'trap "" HUP; trap "echo heard > $DESK/heard; exit 1" TERM; echo inside; read name'; exit 1

                """)
        let terminal = try EditorSession.start(environment: desk.environment)
        terminal.type(open)
        try terminal.expect("inside")
        terminal.signal(SIGTERM)
        #expect(try terminal.exit() == 143)
        try await Patience.wait { (try? desk.text("heard")) == "heard\n" }
        #expect(try desk.text("heard") == "heard\n")
    }

    @Test func `The program outside has a cooked terminal, and the line is edited as before when it ends`() throws {
        let desk = try Desk(script: "printf 'name? '; read name; echo \"$name\" > \"$1\"\n")
        let terminal = try EditorSession.start(environment: desk.environment)
        terminal.type(open)
        try terminal.expect("name? ")
        #expect(terminal.modes.c_lflag & tcflag_t(ICANON | ECHO | ISIG) == tcflag_t(ICANON | ECHO | ISIG))
        #expect(!terminal.screen.privateModes.contains(2004))
        terminal.type("Łukasz\r")
        try terminal.expect("host> Łukasz")
        #expect(terminal.screen.privateModes.contains(2004))
        terminal.type("!\r")
        try terminal.expect("<Łukasz!>")
    }
}
