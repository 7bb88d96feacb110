import Foundation
import Glibc
import Testing
import ZoshTesting

/// What the programs of `!prog` are given by the real zosh.
@Suite("Other programs")
struct OtherProgramTests {
    @Test("Nothing of zosh's environment reaches them, keys and secrets least of all")
    func environment() async throws {
        let program = try await Program.signedIn()
        let seen = try await program.run(["-c", "!sh -c 'env | grep -e ^ZOSH_ -e ^ZOHO_ || echo none'"])
        #expect(seen == .init(output: "none\n", errors: "", status: 0))
        await program.close()
    }

    @Test("A script runs them only with --allow-external")
    func scripts() async throws {
        let program = try await Program.signedIn()
        let line = "users list limit=2 | !wc -l\n"
        let refused = try await program.run([], input: line)
        #expect(refused.status == 2)
        #expect(refused.errors.contains("--allow-external"))
        let allowed = try await program.run(["--allow-external"], input: line)
        #expect(allowed == .init(output: "2\n", errors: "", status: 0))
        await program.close()
    }

    // MARK: Ends

    /// A line whose program starts two sleepers, one of them in a session of its own and with another parent, and
    /// writes down their numbers.
    private func sleepers(_ program: Program, trap: String = "") async throws -> (ChildProcess, [pid_t]) {
        let pids = program.home.appending(path: "pids-\(UUID().uuidString)")
        let script = program.home.appending(path: "sleepers-\(UUID().uuidString).sh")
        try """
        \(trap)
        (setsid sh -c '\(trap) echo $$ >> "\(pids.path)"; exec sleep 97' &)
        sleep 98 & echo $! $$ >> "\(pids.path)"
        wait
        """.write(to: script, atomically: true, encoding: .utf8)
        let child = try program.start(["-c", "!sh \(script.path)"])
        var running: [pid_t] = []
        try await Patience.wait {
            running = ((try? String(contentsOf: pids, encoding: .utf8)) ?? "").split { $0.isWhitespace }.compactMap {
                pid_t($0)
            }
            return running.count == 3
        }
        try #require(running.count == 3)
        #expect(running.allSatisfy { kill($0, 0) == 0 }, "positive control")
        return (child, running)
    }

    @Test(
        "They end with us, and all they have started, in whatever session",
        arguments: [SIGINT, SIGTERM, SIGHUP, SIGKILL, SIGQUIT])
    func ends(signal: Int32) async throws {
        let program = try await Program()
        let (child, running) = try await sleepers(program)
        child.signal(signal)
        _ = await Program.ending(of: child)
        try await Patience.wait { running.allSatisfy { kill($0, 0) != 0 } }
        #expect(running.allSatisfy { kill($0, 0) != 0 })
        await program.close()
    }

    @Test("Those that do not listen are ended all the same", arguments: [SIGINT, SIGKILL])
    func deaf(signal: Int32) async throws {
        let program = try await Program()
        let (child, running) = try await sleepers(program, trap: "trap '' TERM INT HUP;")
        child.signal(signal)
        _ = await Program.ending(of: child)
        try await Patience.wait { running.allSatisfy { kill($0, 0) != 0 } }
        #expect(running.allSatisfy { kill($0, 0) != 0 })
        await program.close()
    }

    @Test("What one leaves behind on purpose when it ends by itself goes on")
    func daemon() async throws {
        let program = try await Program()
        let ending = try await program.run(["-c", "!sh -c '(setsid sleep 96 >/dev/null 2>&1 </dev/null & echo $!)'"])
        let daemon = try #require(pid_t(ending.output.dropLast()), "\(ending)")
        #expect(kill(daemon, SIGKILL) == 0)
        await program.close()
    }

    @Test(
        "How one ended is told, a signal too",
        arguments: [
            ("exit 3", "ended with status 3"), ("kill -9 $$", "ended with status 137"),
            ("kill 0", "ended with status 143"),
        ])
    func status(script: String, problem: String) async throws {
        let program = try await Program()
        let ending = try await program.run(["-c", "!sh -c '\(script)'"])
        #expect(ending.status == 1 && ending.errors.contains(problem), "\(ending)")
        await program.close()
    }

    @Test("They have no terminal to open, and the keys of the login session are out of reach")
    func apart() async throws {
        let program = try await Program()
        let ending = try await program.run([
            "-c", "!sh -c 'true < /dev/tty && echo open || echo none; cut -d\" \" -f7 /proc/$$/stat'",
        ])
        #expect(ending.output == "none\n0\n", "\(ending)")
        await program.close()
    }

    @Test("A line without an end is an error, not all of the memory")
    func endless() async throws {
        let program = try await Program()
        let ending = try await program.run(["-c", "!sh -c 'tr \"\\000\" x < /dev/zero'"])
        #expect(ending.status == 1 && ending.errors.contains("printed a line of more than 16 MiB"), "\(ending.errors)")
        await program.close()
    }
}
