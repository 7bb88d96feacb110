internal import Glibc
internal import LineEditor

/// Posts each line written into a named pipe as a notice, from a thread of its own.
enum NoticeFeed {
    private struct Feed: Sendable {
        let path: String
        let notices: NoticeBox
    }

    static func start(path: String, notices: NoticeBox) {
        let feed = Feed(path: path, notices: notices)
        Task.detached {
            while let file = fopen(feed.path, "r") {
                var line: UnsafeMutablePointer<CChar>?
                var room = 0
                while getline(&line, &room, file) > 0 {
                    if let line { feed.notices.post(String(cString: line).trimmingLineEnd) }
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
