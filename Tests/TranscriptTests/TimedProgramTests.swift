import Foundation
import Glibc
import Testing
import ZohoEmulator
import ZoshCore
import ZoshKit
import ZoshTesting

@testable import zosh

/// Real processes at jobs that have a time, on one store with clocks that differ: restarted, killed, several at once.
@Suite("Timed jobs of real processes", .serialized)
struct TimedProgramTests {
    private static let users = 12

    /// A line as a process would run it whose clock is set otherwise.
    private func play(_ line: String, _ program: Program, hours: Int64) async throws -> (status: Int32, text: String) {
        let (output, errors) = (Collected(), Collected())
        let narrator = Narrator(isTerminal: false, write: { errors.append(Array($0.utf8)) })
        var settings = Settings()
        settings.home = program.environment["ZOSH_HOME"]
        settings.keyFile = program.environment["ZOSH_KEY_FILE"]
        settings.ownAccounts = program.emulator.announcement.accounts
        settings.ownAPI = program.emulator.announcement.api
        let engine = try Engine(
            Engine.Surroundings(
                settings: settings, narrator: narrator, console: Answers(narrator: narrator, interactive: false),
                canAsk: false, output: output,
                target: { OutputTarget(isTerminal: false, width: 80, colour: false, utf8: true) },
                dates: DateReader(now: { Int64(time(nil)) + hours * 3600 })),
            places: Places(home: settings.home) { _ in nil })
        let result = await engine.interpreter.run(line, showing: engine.printer)
        await engine.close()
        return (result.status.rawValue, output.text + errors.text)
    }

    /// `2026-12-31T17:00:00+00:00`, so many hours from now.
    private func moment(hours: Int64) -> String { Timestamp.rfc3339(Int64(time(nil)) + hours * 3600) }

    private func cities(_ program: Program) async throws -> Set<String> {
        let ending = try await program.run(["-c", "users list type=ActiveUsers | select city"])
        return Set(ending.output.split(separator: "\n").map(String.init))
    }

    private func line(_ options: String) -> String {
        "users list type=ActiveUsers | users update city=Bern --yes --at-most 1000 \(options)"
    }

    @Test("written by one process, it is run by another one, and never again by one whose clock is behind")
    func restarted() async throws {
        let program = try await Program.signedIn(users: Self.users)
        let written = try await program.run(["-c", line("--at \(moment(hours: 1))")])
        #expect(written.status == 0 && written.errors.contains("job 1 waits until"), "\(written.errors)")
        #expect(try await program.run(["jobs", "due"]).output.isEmpty)
        #expect(program.emulator.requestCount(.updateUser) == 0)
        let ran = try await play("jobs due", program, hours: 30)
        #expect(ran.status == 0 && ran.text.contains("done"), "\(ran.text)")
        #expect(try await cities(program) == ["Bern"])
        let count = program.emulator.requestCount(.updateUser)
        let log = program.home.appending(path: "log.ndjson").path
        #expect(try await program.run(["audit", "export", log]).status == 0)
        let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
        #expect(lines.count { $0.contains("\"origin\":\"timer\"") } == 2)
        #expect(try await program.run(["audit", "verify", log]).status == 0)
        let again = try await program.run(["jobs", "due"])
        #expect(again.status == 0 && again.output.isEmpty && program.emulator.requestCount(.updateUser) == count)
        await program.close()
    }

    @Test("timed-job-twice: of several processes at once one runs it")
    func atOnce() async throws {
        let program = try await Program.signedIn(users: Self.users)
        let written = try await play(line("--at \(moment(hours: -1))"), program, hours: -2)
        #expect(written.status == 0, "\(written.text)")
        let waiting = try await program.run(["-c", "version"])
        #expect(waiting.errors.contains("job 1 has been due for 1h"), "\(waiting.errors)")
        let ended = try await withThrowingTaskGroup(of: Program.Ending.self) { group in
            for _ in 0..<4 { group.addTask { try await program.run(["jobs", "due"]) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(ended.count { $0.output.contains("done") } == 1, "\(ended.map(\.output))")
        #expect(ended.allSatisfy { $0.status == 0 }, "\(ended.map(\.errors))")
        let active = try await program.run(["-c", "users count type=ActiveUsers"]).output
        #expect(program.emulator.requestCount(.updateUser) == Int(active.filter(\.isNumber)))
        await program.close()
    }

    @Test("killed while it runs, it is brought to its end by the next run", arguments: [0, 4])
    func killed(after count: Int) async throws {
        let program = try await Program.signedIn(users: Self.users)
        _ = try await play(line("--at \(moment(hours: -1))"), program, hours: -2)
        let gate = program.emulator.hold(.updateUser, after: count)
        let child = try program.start(["jobs", "due"])
        await gate.arrivals(count + 1)
        child.signal(SIGKILL)
        _ = await Program.ending(of: child)
        gate.release()
        try await Patience.wait { program.emulator.requestCount(.updateUser) > count }
        let listed = try await program.run(["-c", "jobs list | select state"])
        #expect(listed.output == "due\n", "\(listed.output)")
        // A clock that went back does not make it wait again.
        let next = try await play("jobs due", program, hours: -5)
        #expect(next.status == 0 && next.text.contains("done"), "\(next.text)")
        #expect(try await cities(program) == ["Bern"])
        #expect(try await program.run(["jobs", "due"]).output.isEmpty)
        #expect(try await program.run(["-c", "jobs list --unfinished"]).output.isEmpty)
        await program.close()
    }

    @Test("What 'jobs timer' prints starts this program with this store, whatever the folders are called")
    func timer() async throws {
        var program = try await Program.signedIn(users: Self.users)
        _ = try await play(line("--at \(moment(hours: -1))"), program, hours: -2)
        let folder = program.home.appending(path: "it's 100% \"new\" $HOME \\")
        try FileManager.default.moveItem(atPath: program.environment["ZOSH_HOME"] ?? "", toPath: folder.path)
        program.environment["ZOSH_HOME"] = folder.path
        let printed = try await program.run(["jobs", "timer"])
        #expect(printed.status == 0 && !printed.errors.contains("key file"), "\(printed.errors)")
        let lines = printed.output.split(separator: "\n").map(String.init)
        let unit = program.home.path + #"/it's 100%% \"new\" $HOME \\"#
        #expect(lines.contains("Environment=\"ZOSH_HOME=\(unit)\""), "\(printed.output)")
        #expect(try lines.contains("ExecStart=\"\(BuiltProduct.path("zosh"))\" jobs due"), "\(printed.output)")
        let cron = try #require(lines.first { $0.hasPrefix("* * * * * ") })
        #expect(!cron.replacing("\\%", with: "").contains("%"))
        // As cron hands it to the shell; a sanitizer finds by PATH what names its frames.
        let command = String(cron.dropFirst(10)).replacing("\\%", with: "%")
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let child = try ChildProcess(
            "/bin/sh", ["-c", command], environment: ["HOME": program.home.path, "PATH": path], folder: "/", input: "")
        let ended = await Program.ending(of: child)
        #expect(ended.status == 0 && ended.output.contains("done"), "\(ended.errors)")
        program.environment["ZOSH_KEY_FILE"] = nil
        let keyless = try await program.run(["jobs", "timer"])
        #expect(keyless.status == 0 && keyless.errors.contains("vault keygen FILE"), "\(keyless.errors)")
        await program.close()
    }

    @Test("killed at its first request, what is for some time goes back all the same")
    func killedGiving() async throws {
        let program = try await Program.signedIn(users: Self.users)
        let before = try await cities(program)
        let gate = program.emulator.hold(.updateUser, after: 0)
        let child = try program.start(["-c", line("--for 2h")])
        await gate.arrivals(1)
        child.signal(SIGKILL)
        _ = await Program.ending(of: child)
        gate.release()
        try await Patience.wait { program.emulator.requestCount(.updateUser) > 0 }
        let listed = try await program.run(["-c", "jobs list | select state"])
        #expect(listed.output == "waiting\nunfinished\n", "\(listed.output)")
        let ran = try await play("jobs due", program, hours: 3)
        #expect(ran.status == 0, "\(ran.text)")
        #expect(try await cities(program) == before)
        let ended = try await program.run(["-c", "jobs list | select state"])
        #expect(ended.output == "done\ncancelled\n", "\(ended.output)")
        await program.close()
    }
}
