internal import Synchronization

/// Messages from the background, printed above the line being edited without disturbing it.
///
/// Any thread may post; the editor's thread prints. While no line is edited, notices wait for the next prompt,
/// so they never land in the middle of a command's output.
public final class NoticeBox: Sendable {
    private let waiting = Mutex<[String]>([])
    private let wake: @Sendable () -> Void

    init(wake: @escaping @Sendable () -> Void) {
        self.wake = wake
    }

    /// Prints `text` above the prompt as soon as possible. Control characters are neutralised; line breaks stay.
    public func post(_ text: String) {
        waiting.withLock { $0.append(text) }
        wake()
    }

    func take() -> [String] {
        waiting.withLock { box in
            defer { box = [] }
            return box
        }
    }
}
