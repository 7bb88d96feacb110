internal import Glibc
internal import LineEditor

/// Posts each line written into a named pipe as a notice, from a thread of its own; `prompt NAME` renames the prompt.
enum NoticeFeed {
    private struct Feed: Sendable {
        let path: String
        let terminal: Terminal
        let language: ToyLanguage

        func take(_ line: String) {
            if line.hasPrefix("prompt ") {
                language.rename(String(line.dropFirst(7)))
                terminal.redrawPrompt()
            } else if line == "arrived" {
                language.arrive()
                terminal.completionsArrived()
            } else {
                terminal.notices.post(line)
            }
        }
    }

    static func start(path: String, terminal: Terminal, language: ToyLanguage) {
        let feed = Feed(path: path, terminal: terminal, language: language)
        Task.detached {
            while let file = fopen(feed.path, "r") {
                var line: UnsafeMutablePointer<CChar>?
                var room = 0
                while getline(&line, &room, file) > 0 {
                    if let line { feed.take(String(cString: line).trimmingLineEnd) }
                }
                free(line)
                fclose(file)
            }
        }
    }
}

extension String {
    fileprivate var trimmingLineEnd: String { last == "\n" ? String(dropLast()) : self }
}
