import Foundation
import Glibc
import ZoshTesting

/// A headless Chromium, spoken to over its debugging pipe: two FIFOs, JSON messages that end with a zero byte.
final class Chromium {
    /// Debian's; nil when it is not installed.
    static let path: String? = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    private let child: ChildProcess
    private let input: CInt
    private let output: CInt
    private let folder: URL
    private var number = 0
    private var pending: [UInt8] = []

    init(_ program: String) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "zosh-chromium-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let (toward, from) = (folder.appending(path: "in").path, folder.appending(path: "out").path)
        guard mkfifo(toward, 0o600) == 0, mkfifo(from, 0o600) == 0 else { throw ChromiumFailure("no pipes") }
        let flags =
            "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --remote-debugging-pipe"
        let line =
            "exec '\(program)' \(flags) --user-data-dir='\(folder.path)/profile' 3<'\(toward)' 4>'\(from)' "
            + "about:blank 2>/dev/null"
        child = try ChildProcess("/bin/sh", ["-c", line], environment: ["PATH": "/usr/bin:/bin", "HOME": folder.path])
        // Both ends at once, or the shell's open would wait for ours and ours for the shell's.
        input = open(toward, O_RDWR | O_CLOEXEC)
        output = open(from, O_RDWR | O_CLOEXEC)
        guard input >= 0, output >= 0 else { throw ChromiumFailure("no pipes") }
    }

    func close() {
        child.signal(SIGKILL)
        Glibc.close(input)
        Glibc.close(output)
        try? FileManager.default.removeItem(at: folder)
    }

    /// Opens an address in a page; gives the session to speak to it.
    func page(_ address: String) throws -> String {
        let target = try call("Target.createTarget", ["url": address])["targetId"] as? String ?? ""
        return try call("Target.attachToTarget", ["targetId": target, "flatten": true])["sessionId"] as? String ?? ""
    }

    /// Evaluates until the result is no empty text; a page takes its time.
    func text(_ expression: String, in session: String, wanted: (String) -> Bool) throws -> String {
        let end = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < end {
            // In the middle of a navigation there is no page to ask.
            let reply = try? call("Runtime.evaluate", ["expression": expression, "returnByValue": true], session)
            let text = (reply?["result"] as? [String: Any])?["value"] as? String ?? ""
            if wanted(text) { return text }
            sched_yield()
        }
        throw ChromiumFailure("the page never came to what was wanted of: \(expression)")
    }

    private func call(_ method: String, _ parameters: [String: Any], _ session: String? = nil) throws -> [String: Any] {
        number += 1
        var message: [String: Any] = ["id": number, "method": method, "params": parameters]
        if let session { message["sessionId"] = session }
        let bytes = Array(try JSONSerialization.data(withJSONObject: message)) + [0]
        guard write(input, bytes, bytes.count) == bytes.count else { throw ChromiumFailure("the browser is gone") }
        while true {
            let reply = try next()
            guard reply["id"] as? Int == number else { continue }
            if let result = reply["result"] as? [String: Any] { return result }
            throw ChromiumFailure("\(method): \(reply["error"] ?? "no result")")
        }
    }

    private func next() throws -> [String: Any] {
        while true {
            if let end = pending.firstIndex(of: 0) {
                let message = pending[..<end]
                defer { pending.removeFirst(end + 1) }
                return try JSONSerialization.jsonObject(with: Data(message)) as? [String: Any] ?? [:]
            }
            var door = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
            guard poll(&door, 1, 60_000) > 0 else { throw ChromiumFailure("the browser says nothing") }
            var chunk = [UInt8](repeating: 0, count: 65_536)
            let count = read(output, &chunk, chunk.count)
            guard count > 0 else { throw ChromiumFailure("the browser is gone") }
            pending += chunk[..<count]
        }
    }
}

struct ChromiumFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
