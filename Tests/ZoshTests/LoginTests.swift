import Foundation
import Glibc
import Testing
import ZohoEmulator
import ZoshTesting

/// Signing in with the real program: a real page on a real port, a browser that is played.
@Suite("A browser login")
struct LoginTests {
    @Test("Accepted in the browser, stored in the terminal; what is not from this login changes nothing")
    func accepted() async throws {
        let program = try await Program.beforeLogin()
        let login = try await BrowserLogin.start(program)
        let browser = PlayedBrowser()
        let callback = try await browser.decide("accept", at: login.address)
        let wrong = try await browser.open(callback.replacing("state=", with: "state=x"))
        #expect(wrong.status == 400)
        #expect(try await browser.open(callback, host: "evil.example").status == 421)
        #expect(try await browser.open("http://127.0.0.1:\(program.redirectPort)/").status == 404)
        let page = try await browser.open(callback)
        #expect(page.status == 200)
        #expect(page.text.contains("Back to your terminal"))
        #expect(page.headers["cache-control"] == "no-store")
        #expect(page.headers["content-security-policy"]?.contains("default-src 'none'") == true)
        let ending = await Program.ending(of: login.child)
        #expect(ending.status == 0, "\(ending.errors)")
        let who = try await program.run(["-c", "whoami | select connected, way"])
        #expect(who.output == "true\tbrowser\n", "\(who)")
        await program.close()
    }

    @Test("Declined in the browser: a page that says so, exit 1, nothing stored")
    func declined() async throws {
        let program = try await Program.beforeLogin()
        let login = try await BrowserLogin.start(program)
        let page = try await PlayedBrowser().open(PlayedBrowser().decide("reject", at: login.address))
        #expect(page.text.contains("not allowed"))
        let ending = await Program.ending(of: login.child)
        #expect(ending.status == 1, "\(ending.errors)")
        #expect(ending.errors.contains("declined"))
        #expect(try await program.run(["connections", "list"]).output == "")
        await program.close()
    }

    @Test(
        "A store destroyed while the browser is away is made again; the login does not go into the old one"
    )
    func destroyed() async throws {
        let program = try await Program.beforeLogin()
        let login = try await BrowserLogin.start(program)
        #expect(try await program.run(["vault", "destroy", "--yes"]).status == 0)
        let browser = PlayedBrowser()
        #expect(try await browser.open(browser.decide("accept", at: login.address)).status == 200)
        let ending = await Program.ending(of: login.child)
        #expect(ending.status == 0, "\(ending.errors)")
        #expect(try await program.run(["-c", "connections list | select name"]).output == "acme\n")
        await program.close()
    }

    @Test("callback-port-squat-v6", arguments: ["::1", "127.0.0.1"])
    func squat(_ address: String) async throws {
        let program = try await Program.beforeLogin()
        let squatter = try Squatter(address, port: program.redirectPort)
        let ending = try await program.run(["auth", "login", "acme", "--yes"])
        #expect(ending.errors.contains("the answer has to be pasted"), "\(ending.errors)")
        #expect(ending.status == 2, "\(ending.errors)")
        squatter.close()
        await program.close()
    }

    @Test("dotenv-key-command")
    func dotenv() async throws {
        let program = try await Program.beforeLogin()
        let mark = program.home.appending(path: "pwned").path
        let text = """
            ZOSH_KEY_COMMAND=touch \(mark)
            ZOSH_HOME=\(program.home.path)/elsewhere
            ZOSH_ACCOUNTS_URL=http://127.0.0.1:9
            ZOSH_API_URL=http://127.0.0.1:9
            ZOSH_KEY_FILE=\(program.home.path)/other-key
            """
        try text.write(to: program.home.appending(path: ".env"), atomically: true, encoding: .utf8)
        var bare = program
        bare.environment["ZOSH_KEY_FILE"] = nil
        let login = try await bare.run(
            ["auth", "login", "--self-client"], input: program.emulator.announcement.grant_code + "\n")
        #expect(login.status == 4, "\(login.errors)")
        #expect(!FileManager.default.fileExists(atPath: mark))
        #expect(!FileManager.default.fileExists(atPath: program.home.appending(path: "elsewhere").path))
        let signedIn = try await program.run(
            ["auth", "login", "--self-client"], input: await program.emulator.issueGrantCode() + "\n")
        #expect(signedIn.status == 0, "\(signedIn.errors)")
        await program.close()
    }

    @Test("A data centre of one's own is a line in a file that only its owner may write")
    func dataCentreFile() async throws {
        var program = try await Program.beforeLogin()
        program.environment["ZOSH_ACCOUNTS_URL"] = nil
        program.environment["ZOSH_API_URL"] = nil
        let folder = program.home.appending(path: "zosh")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let file = folder.appending(path: "data-centres")
        let announced = program.emulator.announcement
        try "# ours\nxx \(announced.accounts) \(announced.api)\n".write(to: file, atomically: true, encoding: .utf8)
        chmod(file.path, 0o622)
        #expect(try await program.run(["version"]).status == 1)
        chmod(file.path, 0o600)
        let login = try await program.run(
            ["auth", "login", "acme", "dc=xx", "--self-client"], input: announced.grant_code + "\n")
        #expect(login.status == 0, "\(login.errors)")
        #expect(try await program.run(["-c", "whoami | select dc"]).output == "xx\n")
        try "xx http://example.com https://example.com\n".write(to: file, atomically: true, encoding: .utf8)
        chmod(file.path, 0o600)
        #expect(try await program.run(["version"]).errors.contains("data-centres:1"))
        await program.close()
    }
}

/// Somebody else who listens on one loopback address.
private final class Squatter {
    private let descriptor: CInt

    init(_ address: String, port: Int) throws {
        let isSix = address.contains(":")
        descriptor = socket(isSix ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var result: CInt
        if isSix {
            var place = sockaddr_in6()
            place.sin6_family = sa_family_t(AF_INET6)
            place.sin6_port = in_port_t(port).bigEndian
            inet_pton(AF_INET6, address, &place.sin6_addr)
            result = withUnsafePointer(to: &place) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
                }
            }
        } else {
            var place = sockaddr_in()
            place.sin_family = sa_family_t(AF_INET)
            place.sin_port = in_port_t(port).bigEndian
            inet_pton(AF_INET, address, &place.sin_addr)
            result = withUnsafePointer(to: &place) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        }
        if result == 0 { result = listen(descriptor, 1) }
        guard result == 0 else {
            throw PlayedBrowser.Failure(description: "cannot squat: \(String(cString: strerror(errno)))")
        }
    }

    func close() { Glibc.close(descriptor) }
}
