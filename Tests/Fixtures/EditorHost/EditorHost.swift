internal import Glibc
internal import LineEditor
internal import Synchronization

/// A tiny shell around the editor, so that tests can drive the real room through a real terminal.
@main
enum EditorHost {
    private static let heard = Atomic(0)

    static func main() async {
        let terminal = Terminal()
        let end = Announcement()
        SignalWatch.install {
            heard.add(1, ordering: .relaxed)
            terminal.deliver($0)
            if $0.endsSession { end.make() }
        }
        let history = History(filter: { $0.contains("hunter2") ? nil : $0 })
        let language = ToyLanguage()
        if let path = argument("--notices") { NoticeFeed.start(path: path, terminal: terminal, language: language) }
        let reader = EditorThread {
            Editor(
                terminal: terminal, history: history, delegate: language,
                escapePatience: getenv("HOST_ESCAPE").flatMap { Int32(String(cString: $0)) } ?? 500)
                ?? PlainReader(terminal: terminal, history: history, delegate: language) as any LineSource
        }
        let commands = HostCommands(terminal: terminal, history: history, end: end)
        loop: while true {
            switch await reader.next() {
            case .line("signals"): say("<\(late()) late>")
            case .line(let line): commands.run(line)
            case .interrupted: say("<interrupted>")
            case .endOfInput:
                say("<end>")
                break loop
            case .terminated(let signal):
                say("<terminated>")
                exit(128 + signal.number)
            }
        }
    }

    /// How many of two hundred signals were not handled when they were said to be.
    private static func late() -> Int {
        (0..<200).count { _ in
            let before = heard.load(ordering: .relaxed)
            kill(getpid(), SIGWINCH)
            SignalWatch.settle()
            return heard.load(ordering: .relaxed) == before
        }
    }

    static func argument(_ name: String) -> String? {
        let arguments = CommandLine.arguments
        guard let index = arguments.firstIndex(of: name), index + 1 < arguments.count else { return nil }
        return arguments[index + 1]
    }

    /// Writes a line to standard output at once.
    static func say(_ text: String) {
        var text = text + "\n"
        text.withUTF8 { _ = write(1, $0.baseAddress, $0.count) }
    }
}
