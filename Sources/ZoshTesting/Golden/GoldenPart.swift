import Synchronization

/// What stands between two marks of a file that is golden only there, such as README's table of commands.
///
/// Recorded at the same time as other parts of the same file, it leaves those as they have become.
public struct GoldenPart: Sendable {
    private static let recording = Mutex(())

    private let path: String
    private let opening: String
    private let closing: String

    /// - Parameters:
    ///   - opening: the mark before the part, with its line's end.
    ///   - closing: the mark behind it.
    public init(of path: String, from opening: String, to closing: String) {
        self.path = path
        self.opening = opening
        self.closing = closing
    }

    /// As the file has it; nil when the file or a mark is missing.
    public var text: String? { found.map { String($0.file[$0.range]) } }

    /// Why `actual` is not what stands there, as `Golden.difference` says it.
    public func difference(of actual: String) -> String? {
        changed(to: actual) { file in Golden.difference(of: file, from: path) }
    }

    /// Writes the part, and the rest of the file as it is at that moment.
    package func record(_ actual: String) {
        _ = changed(to: actual) { file in
            Golden.write(file, to: path)
            return nil
        }
    }

    /// Hands on the file with this part, while no other part of any file is recorded.
    private func changed(to actual: String, _ use: (String) -> String?) -> String? {
        Self.recording.withLock { _ in
            guard var found else { return "\(path) has nothing between \(opening) and \(closing)" }
            found.file.replaceSubrange(found.range, with: actual)
            return use(found.file)
        }
    }

    private var found: (file: String, range: Range<String.Index>)? {
        guard let file = Golden.read(path), let start = file.firstRange(of: opening)?.upperBound,
            let end = file[start...].firstRange(of: closing)?.lowerBound
        else { return nil }
        return (file, start..<end)
    }
}
