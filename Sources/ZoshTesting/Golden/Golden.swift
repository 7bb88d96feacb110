import Glibc

/// Files that hold what output must be, and one switch that rewrites them.
///
/// Recording fails the test that records, so a recording can never pass unread.
public enum Golden {
    public static var isRecording: Bool { getenv("ZOSH_RECORD") != nil }

    /// Why `actual` is not what the file says; nil when it is.
    ///
    /// A missing file, or `ZOSH_RECORD`, writes the file and still answers with a reason.
    public static func difference(of actual: String, from path: String) -> String? {
        guard let expected = read(path), !isRecording else {
            write(actual, to: path)
            return "recorded \(path): read it, then run again"
        }
        guard expected != actual else { return nil }
        let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
        let line =
            zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(old.count, new.count)
        return """
            \(path):\(line + 1) differs
            - \(line < old.count ? String(old[line]) : "(end)")
            + \(line < new.count ? new[line...].prefix(8).joined(separator: "\n+ ") : "(end)")
            """
    }

    public static func read(_ path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func write(_ text: String, to path: String) {
        guard let file = fopen(path, "w") else { return }
        defer { fclose(file) }
        _ = fwrite(text, 1, text.utf8.count, file)
    }
}
