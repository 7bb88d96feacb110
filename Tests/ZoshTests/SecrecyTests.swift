import Foundation
import Glibc
import Testing
import ZohoEmulator
import ZoshTesting

/// No token, secret or code in trace, output, history, arguments, the environment of children, error text or files.
@Suite("Secrets stay inside")
struct SecrecyTests {
    @Test("A traced login, a traced list, a failing call and the browser it starts show nothing")
    func nowhere() async throws {
        var program = try await Program.beforeLogin()
        // A desktop whose browser writes down everything it is given.
        let tools = program.home.appending(path: "bin")
        try FileManager.default.createDirectory(at: tools, withIntermediateDirectories: true)
        let seen = program.home.appending(path: "browser.txt")
        let script =
            "#!/bin/sh\n{ echo \"$@\"; tr '\\0' '\\n' < /proc/self/environ; ls -l /proc/self/fd; } > "
            + "\(seen.path).part\nmv \(seen.path).part \(seen.path)\n"
        try script.write(to: tools.appending(path: "xdg-open"), atomically: true, encoding: .utf8)
        chmod(tools.appending(path: "xdg-open").path, 0o755)
        program.environment["PATH"] = "\(tools.path):/usr/bin:/bin"
        program.environment["DISPLAY"] = ":99"
        let secret = program.emulator.announcement.client_secret

        let login = try await BrowserLogin.start(program, ["--trace", "auth", "login", "acme", "--yes"])
        var texts = [("what was said", login.said.joined(separator: "\n"))]
        texts.append(("arguments and environments while it waits", Self.processes(of: login.child.process)))
        let callback = try await PlayedBrowser().decide("accept", at: login.address)
        let code = try #require(callback.firstMatch(of: /code=([^&]+)/)).1
        texts.append(("the page", try await PlayedBrowser().open(callback).text))
        let ending = await Program.ending(of: login.child)
        #expect(ending.status == 0, "\(ending.errors)")
        #expect(ending.errors.contains("POST http://127.0.0.1"), "the trace says nothing: \(ending.errors)")
        texts.append(("the login's trace", ending.output + ending.errors))

        let list = try await program.run(["--trace", "users", "list"])
        #expect(list.errors.contains(" ms"))
        texts.append(("the list's trace", list.output + list.errors))
        await program.emulator.expireAccessTokens()
        let gate = program.emulator.hold(.token)
        let waiting = try program.start(["--trace", "-c", "users list | count"])
        await gate.arrivals(1)
        texts.append(("arguments and environments of a refresh", Self.processes(of: waiting.process)))
        gate.release()
        let refreshed = await Program.ending(of: waiting)
        texts.append(("the refresh's trace", refreshed.output + refreshed.errors))
        // Zoho and gateways echo what they were sent.
        let token = "1000.\(String(repeating: "ab", count: 16)).\(String(repeating: "cd", count: 16))"
        program.emulator.script(
            400,
            #"{"code":"INVALID_DATA","message":"bad \#(token)","details":{"api_name":"\#(token)"},"status":"error"}"#,
            for: .listUsers)
        let failed = try await program.run(["--trace", "users", "list"])
        #expect(failed.status != 0)
        texts.append(("an error that echoes a token", failed.output + failed.errors))
        let wrong = try await program.run(["--trace", "auth", "login", "--self-client"], input: token + "\n")
        texts.append(("a refused code", wrong.output + wrong.errors))
        #expect(wrong.errors.contains("invalid_code"))

        for arguments in [["auth", "inspect", token], ["explain", token], ["-c", "users list | \(token)"]] {
            let refused = try await program.run(arguments)
            #expect(refused.status != 0, "\(refused.errors)")
            texts.append(("what was typed wrongly, quoted", refused.errors))
        }

        // It was started before the address was shown; a loaded machine may still be running it.
        try await Patience.wait { FileManager.default.fileExists(atPath: seen.path) }
        if let browser = try? String(contentsOf: seen, encoding: .utf8) {
            #expect(browser.contains("/oauth/v2/auth?"))
            #expect(!browser.contains("ZOSH_") && !browser.contains("ZOHO_"), "\(browser)")
            #expect(!browser.contains("socket:") && !browser.contains("store"), "\(browser)")
            texts.append(("the browser's arguments and environment", browser))
        } else {
            Issue.record("the browser was not started")
        }
        texts += try Self.files(below: program.home.appending(path: "zosh"))
        for (name, text) in texts {
            // A callback's own code in the page's address is the browser's; nothing of ours repeats it.
            let found = Secrets.found(in: text, beside: [secret, String(code)])
            #expect(found == nil, "\(name) shows \(found ?? "")")
        }
        await program.close()
    }

    /// Command lines and environments of a process and its children, as the kernel shows them to root.
    private static func processes(of process: pid_t) -> String {
        var text = ""
        for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] where Int32(name) != nil {
            let status = (try? String(contentsOfFile: "/proc/\(name)/status", encoding: .utf8)) ?? ""
            guard name == String(process) || status.contains("PPid:\t\(process)\n") else { continue }
            for file in ["cmdline", "environ"] {
                let data = FileManager.default.contents(atPath: "/proc/\(name)/\(file)") ?? Data()
                text += String(decoding: data.map { $0 == 0 ? 0x0A : $0 }, as: UTF8.self) + "\n"
            }
        }
        return text
    }

    private static func files(below folder: URL) throws -> [(String, String)] {
        let all = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)).compactMap {
            $0 as? URL
        }
        return all.filter { !$0.hasDirectoryPath }.map { url in
            // Latin letters as they are: what is searched for is ASCII.
            (
                "the file \(url.lastPathComponent)",
                String(decoding: FileManager.default.contents(atPath: url.path) ?? Data(), as: UTF8.self)
            )
        }
    }
}
