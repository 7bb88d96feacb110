internal import Glibc
internal import LineEditor

/// A tiny shell around the editor, so that tests can drive the real room through a real terminal.
@main
enum EditorHost {
    static func main() async {
        let terminal = Terminal()
        let end = Announcement()
        SignalWatch.install {
            terminal.deliver($0)
            if $0.endsSession { end.make() }
        }
        let history = History(filter: { $0.contains("hunter2") ? nil : $0 })
        let language = ToyLanguage()
        if let path = argument("--notices") { NoticeFeed.start(path: path, terminal: terminal, language: language) }
        let reader = EditorThread {
            Editor(terminal: terminal, history: history, delegate: language)
                ?? PlainReader(terminal: terminal, history: history, delegate: language) as any LineSource
        }
        let commands = HostCommands(terminal: terminal, history: history, end: end)
        loop: while true {
            switch await reader.next() {
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
