import Foundation
import Glibc
import Testing
import ZohoEmulator
import ZoshTesting

/// What scripts and other programs rely on: words, streams, exit statuses.
@Suite("The outside contract")
struct ContractTests {
    @Test("Every way of running a line gives the same rows")
    func waysToRun() async throws {
        let program = try await Program.signedIn()
        let words = try await program.run(["users", "list", "type=AdminUsers", "--limit", "2"])
        #expect(words.status == 0)
        #expect(words.output.split(separator: "\n").count == 2)
        let line = try await program.run(["-c", "users list type=AdminUsers limit=2"])
        let piped = try await program.run([], input: "users list type=AdminUsers limit=2\n")
        let file = program.home.appending(path: "two.zosh")
        try "users list type=AdminUsers limit=2\n".write(to: file, atomically: true, encoding: .utf8)
        let script = try await program.run(["-f", file.path])
        let bare = try await program.run([file.path])
        for other in [line, piped, script, bare] {
            #expect(other.output == words.output)
            #expect(other.status == 0)
        }
        #expect(try await program.run(["-f", file.path, "--check"]).status == 0)
        #expect(try await program.run(["-f", file.path, "--nonsense"]).status == 2)
        await program.close()
    }

    @Test("No umask makes a file of ours less or more than its owner's")
    func umasks() async throws {
        let program = try await Program.signedIn()
        for mask in ["0777", "0000"] {
            let line =
                "umask \(mask); \"$0\" users count type=CurrentUser && \"$0\" -c 'set columns email --for \"users "
                + "list\"; users list | save list-\(mask).csv'"
            let child = try ChildProcess(
                "/bin/sh", ["-c", line, BuiltProduct.path("zosh")], environment: program.environment,
                folder: program.home.path)
            let ending = await Program.ending(of: child)
            #expect(ending.status == 0, "\(ending.errors)")
        }
        let all = try #require(FileManager.default.enumerator(atPath: program.home.path)).compactMap { $0 as? String }
        #expect(all.contains { $0.hasSuffix("views.json") } && all.contains { $0.hasSuffix("places") })
        for name in all {
            let facts = try FileManager.default.attributesOfItem(atPath: program.home.appending(path: name).path)
            let wanted = facts[.type] as? FileAttributeType == .typeDirectory ? 0o700 : 0o600
            #expect((facts[.posixPermissions] as? NSNumber)?.intValue == wanted, "\(name)")
        }
        await program.close()
    }

    @Test("A store that others can read is refused, and doctor says so among everything else")
    func sickStore() async throws {
        let program = try await Program.signedIn()
        chmod(program.home.appending(path: "zosh/store.db").path, 0o644)
        #expect(try await program.run(["users", "count"]).status == 1)
        let found = try await program.run(["doctor"])
        #expect(
            found.output.contains("vault\tfailed\t") && found.output.contains("chmod 600"),
            "\(found.output)\(found.errors)")
        #expect(found.output.contains("network\tok\t"), "\(found.output)")
        await program.close()
    }

    @Test("An init.zosh that others can write is not run")
    @TerminalActor func foreignInit() async throws {
        let program = try await Program.signedIn()
        let file = program.home.appending(path: "zosh/init.zosh")
        try "version\n".write(to: file, atomically: true, encoding: .utf8)
        chmod(file.path, 0o666)
        let refused = try program.shell()
        try refused.expect("written by others, who could have it run anything")
        try refused.expect("acme own#")
        #expect(!refused.screen.contains("0.1.0"))
        chmod(file.path, 0o600)
        try program.shell().expect("0.1.0")
        await program.close()
    }

    @Test("What follows a line on standard input belongs to the command that reads it there", arguments: [true, false])
    func restOfInput(isFile: Bool) async throws {
        let program = try await Program.signedIn()
        let people = try await program.run(["-c", "users list type=AdminUsers | select email"]).output
        let text = "version\nusers lookup @- | select email\n\(people)"
        let file = program.home.appending(path: "input")
        try text.write(to: file, atomically: true, encoding: .utf8)
        let reader = isFile ? "exec \"$0\" < \"$1\"" : "cat \"$1\" | \"$0\""
        let child = try ChildProcess(
            "/bin/sh", ["-c", reader, BuiltProduct.path("zosh"), file.path], environment: program.environment,
            folder: program.home.path)
        let ending = await Program.ending(of: child)
        #expect(ending.status == 0, "\(ending.errors)")
        #expect(ending.output.hasSuffix("\n" + people) && ending.output.count > people.count)
        await program.close()
    }

    @Test(
        "Mistakes end with the documented status and one message",
        arguments: [
            (["-c", "user lst"], 2), (["-c", "users list type=Admin"], 2),
            (["-c", "users lookup 999999999999999999"], 3),
            (["-c", "users list \"open"], 2), (["--nonsense"], 2), (["--connection", "nowhere", "users", "list"], 1),
            (["-c", "users lookup"], 2), (["-c", "users list limit=x"], 2),
            (["-c", "users list | assert count == 1"], 1),
            (["-c", "users ids limit=2 | skip 1 | users deactivate"], 2),
        ] as [([String], Int32)])
    func statuses(_ arguments: [String], _ status: Int32) async throws {
        let program = try await Program.signedIn()
        let ending = try await program.run(arguments)
        #expect(ending.status == status, "\(ending.errors)")
        #expect(!ending.errors.isEmpty)
        await program.close()
    }

    @Test("A connection that only ZOSH_CONNECTION names is said to come from there")
    func connectionOfEnvironment() async throws {
        var program = try await Program.signedIn()
        program.environment["ZOSH_CONNECTION"] = "nowhere"
        let ending = try await program.run(["users", "count"])
        #expect(ending.status == 1)
        #expect(ending.errors.contains("there is no connection 'nowhere' (from ZOSH_CONNECTION)"), "\(ending.errors)")
        let typed = try await program.run(["--connection", "elsewhere", "users", "count"])
        #expect(typed.errors.contains("there is no connection 'elsewhere'\n"), "\(typed.errors)")
        await program.close()
    }

    @Test("Without a login a read ends with 4, and auth status says so in a row")
    func notSignedIn() async throws {
        let program = try await Program()
        let list = try await program.run(["users", "list"])
        #expect(list.status == 4)
        #expect(list.errors.contains("auth login"))
        let status = try await program.run(["--format", "json", "auth", "status"])
        #expect(status.status == 4)
        #expect(status.output.contains("\"connected\": false"))
        await program.close()
    }

    @Test("A store without a key is exit 4 and a sentence, and nothing is written")
    func noKey() async throws {
        var program = try await Program()
        program.environment["ZOSH_KEY_FILE"] = nil
        let login = try await program.run(
            ["auth", "login", "--self-client"], input: program.emulator.announcement.grant_code)
        #expect(login.status == 4 || login.errors.contains("ZOSH_KEY_FILE"), "\(login.status) \(login.errors)")
        #expect(!FileManager.default.fileExists(atPath: program.home.appending(path: "zosh/store.db").path))
        await program.close()
    }

    @Test("json holds strings for ids and parses whole")
    func json() async throws {
        let program = try await Program.signedIn()
        let ending = try await program.run(["users", "list", "--format", "json"])
        let rows = try #require(try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [[String: Any]])
        #expect(rows.count == 12)
        #expect(rows.allSatisfy { $0["id"] is String })
        await program.close()
    }

    @Test("450 users are counted in three calls")
    func threeCalls() async throws {
        let program = try await Program.signedIn(users: 450)
        program.emulator.forgetRequests()
        let ending = try await program.run(["-c", "users list | count"])
        #expect(ending.output == "450\n")
        #expect(program.emulator.requestCount(.listUsers) == 3)
        await program.close()
    }

    @Test("A batch lookup takes one call per hundred ids and keeps their order")
    func batches() async throws {
        let program = try await Program.signedIn(users: 450)
        let ids = try await program.run(["-c", "users ids type=ActiveUsers"]).output
        program.emulator.forgetRequests()
        let looked = try await program.run(["--format", "ids", "-c", "users ids type=ActiveUsers | users lookup"])
        #expect(looked.output == ids)
        let count = ids.split(separator: "\n").count
        let lookups = program.emulator.recentRequests.filter {
            $0.route == .listUsers && $0.query.contains { $0.name == "ids" }
        }.count
        #expect(lookups == (count + 99) / 100)
        await program.close()
    }

    @Test("Killing Zoho in the middle of a list is exit 5 and says how many rows had arrived")
    func killedMidList() async throws {
        let program = try await Program.signedIn(users: 2000)
        let gate = program.emulator.hold(.listUsers, after: 2)
        let child = try program.start(["--format", "ids", "-c", "users list"])
        await gate.arrivals(3)
        await program.emulator.stop()
        let ending = await Program.ending(of: child)
        #expect(ending.status == 5, "\(ending.errors)")
        let rows = ending.output.split(separator: "\n").count
        #expect(ending.errors.contains("; \(rows) rows had arrived\n"), "\(ending.errors)")
        try? FileManager.default.removeItem(at: program.home)
    }

    @Test("Nothing below ZOSH_HOME shows a token, a secret, an e-mail or a name")
    func nothingInClear() async throws {
        let program = try await Program.signedIn(users: 40)
        let list = try await program.run(["--format", "json", "users", "list"])
        _ = try await program.run(["-c", "users find a | count"])
        _ = try await program.run(["-c", "users ids | users lookup | count"])
        let people = try #require(try JSONSerialization.jsonObject(with: Data(list.output.utf8)) as? [[String: Any]])
        var hidden =
            people.compactMap { $0["email"] as? String }
            + people.compactMap { $0["full_name"] as? String }.filter { $0.count > 4 }
        hidden += [
            program.emulator.announcement.client_secret, program.emulator.announcement.client_id,
            program.emulator.announcement.grant_code, "1000.",
        ]
        let folder = program.home.appending(path: "zosh")
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)).compactMap
        { $0 as? URL }
        var size = 0
        for file in files where !file.hasDirectoryPath {
            let data = try Data(contentsOf: file)
            size += data.count
            for text in hidden {
                #expect(data.range(of: Data(text.utf8)) == nil, "\(file.lastPathComponent) shows \(text)")
            }
        }
        #expect(size > 4096, "there is no store to search")
        await program.close()
    }
}
