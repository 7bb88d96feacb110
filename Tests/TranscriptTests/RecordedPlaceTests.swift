import Foundation
import Testing

/// Where a recording belongs, and what of one organisation's stands in it.
@Suite("Recordings and their organisations")
struct RecordedPlaceTests {
    /// Two organisations in two data centres, with one person who is in both under different ids.
    private static func stage() async throws -> Stage {
        let stage = try await Stage(["interactive": "", "dcs": "us,eu", "world": "two-centres.json"])
        _ = await stage.play("auth login globex --self-client dc=eu --yes", [await stage.meant(by: "GRANT 1")])
        _ = await stage.play("use acme", [])
        return stage
    }

    /// What a stage keeps of a recording of these lines, `FILE` being its file.
    private static func record(_ lines: [(line: String, answers: [String])], on stage: Stage) async throws -> (
        lines: [String], told: [String], file: String
    ) {
        let file = FileManager.default.temporaryDirectory.appending(path: "zosh-recorded-\(UUID().uuidString).zosh")
            .path
        var told: [String] = []
        for step in [("record start \(file)", [])] + lines + [("record stop", [])] {
            told += await stage.play(step.0, step.1)
        }
        return (try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map(String.init), told, file)
    }

    private static func id(_ who: String, on stage: Stage) async throws -> String {
        try #require(await stage.play("users lookup \(who) | ids", []).first { $0.allSatisfy(\.isNumber) })
    }

    @Test("what was done by id in one data centre is done to the same people, roles and profiles in another")
    func dataCentres() async throws {
        let stage = try await Self.stage()
        let minjun = try await Self.id("minjun.namgung.7@zylker.example", on: stage)
        let name = try #require(await stage.play("users lookup \(minjun) | select full_name", []).first)
        let role = "4150868000000448024", profile = "4150868000000449007"
        _ = await stage.play("let boss = '\(minjun)'", [])
        let recorded = try await Self.record(
            [
                ("users lookup \(minjun) | select email", []), ("users update $boss city=Oslo", ["y"]),
                ("users update \(minjun) role=\(role) profile=\(profile)", ["y"]), ("let rank = '\(role)'", []),
                ("users list | where role.id == \(role) and id == \(minjun) | select email", []),
                ("users list | where role.id == $rank and id in (\(minjun)) | select email, city", []),
                ("users list | where Reporting_To.id == \(minjun) | count", []),
                ("api get users/\(minjun) | select users.email", []),
                ("roles show \(role) | select name", []), ("let friend = '\(name)'", []),
                ("users lookup $friend | select email", []),
                ("users list | where full_name == $friend | select email", []),
            ], on: stage)
        defer { try? FileManager.default.removeItem(atPath: recorded.file) }
        #expect(
            Array(recorded.lines.dropFirst()) == [
                "users lookup minjun.namgung.7@zylker.example | select email",
                "let minjun_namgung_7_id = users lookup minjun.namgung.7@zylker.example | select id",
                "let boss = $minjun_namgung_7_id",
                "users update $boss city=Oslo --yes --at-most 1",
                "users update minjun.namgung.7@zylker.example role='Vertrieb Süd' profile=Außendienst --yes --at-most "
                    + "1",
                "let vertrieb_s_d_id = roles show 'Vertrieb Süd' | select id", "let rank = $vertrieb_s_d_id",
                "users list | where role.id == $vertrieb_s_d_id and id == $minjun_namgung_7_id | select email",
                #"users list | where role.id == $rank and id in ("$minjun_namgung_7_id") | select email, city"#,
                "users list | where Reporting_To.id == $minjun_namgung_7_id | count",
                #"api get users/"$minjun_namgung_7_id" | select users.email"#,
                "roles show 'Vertrieb Süd' | select name",
                "let friend = '\(name)'", "users lookup minjun.namgung.7@zylker.example | select email",
                "users list | where full_name == $friend | select email",
            ])
        #expect(recorded.lines.first?.hasSuffix("org=60004150868 dc=us environment=production") == true)

        let here = await stage.play("replay \(recorded.file)", [])
        #expect(here.last?.hasPrefix("=>") != true, "\(here)")
        _ = await stage.play("use globex", [])
        let refused = await stage.play("replay \(recorded.file)", [])
        #expect(
            refused.contains { $0.contains("the script is for organisation 60004150868, data centre us") }, "\(refused)"
        )
        let there = await stage.play("replay \(recorded.file) --map", [])
        #expect(there.last?.hasPrefix("=>") != true, "\(there)")
        #expect(try await Self.id("minjun.namgung.7@zylker.example", on: stage) != minjun)
        #expect(
            await stage.play("users lookup minjun.namgung.7@zylker.example | select city, role.name, profile.name", [])
                == ["Oslo\tVertrieb Süd\tAußendienst"])
        await stage.close()
    }

    @Test("with --map people keep their e-mails and roles their names; a bare id is refused with the name to write")
    func maps() async throws {
        let stage = try await Self.stage()
        let email = "minjun.namgung.7@zylker.example"
        let minjun = try await Self.id(email, on: stage)
        let robin = try await Self.id("robin.boyle@zylker.example", on: stage)
        _ = await stage.play("use globex", [])
        let there = try await Self.id(email, on: stage)
        func replay(_ text: String, _ options: String) async throws -> [String] {
            let file = FileManager.default.temporaryDirectory.appending(path: "zosh-map-\(UUID().uuidString).zosh")
            defer { try? FileManager.default.removeItem(at: file) }
            try "requires org=60004150868 dc=us\n\(text)\n".write(to: file, atomically: true, encoding: .utf8)
            return await stage.play("replay \(file.path) --map \(options)", [])
        }
        let mapped = try await replay(
            "let who = '\(email)'\nusers lookup $who | ids\nroles show 'Vertrieb Süd' | select name\n"
                + "users list | where email == \(email) | ids",
            "")
        #expect(mapped == [there, "Vertrieb Süd", there])

        // Wherever it stands: named, in a variable, in a path, in a condition, after a field, as a default.
        let lines = [
            "users lookup \(minjun)", "let who = '\(minjun)'", "api get users/\(minjun)",
            "users list | where id in (\(minjun)) | ids", "users list | where manager != \(minjun) | count",
            "users update \(email) manager=\(minjun) --yes", "users update \(email) role=4150868000000448024 --yes",
            "api get users/9150868000000411001", "users lookup \(there)",
            "users list | where role.id != 4150868000000448024 | count",
            "users list | where Modified_By.id not in (\(minjun)) | count",
        ]
        for (index, line) in lines.enumerated() {
            let text =
                "users update \(email) city=X --yes\n\(line)" + (line.hasPrefix("let") ? "\nusers lookup $who" : "")
            let wrong = try await replay(text, "")
            #expect(
                wrong.contains { $0.contains("zosh:3: the id ") && $0.contains("means nothing in Zylker (eu)") },
                "\(wrong)")
            let remedy =
                switch index {
                case 3: "hint: compare email with \(email) instead"
                case 6: "hint: write the role 'Vertrieb Süd' instead"
                case 9: "hint: compare role with 'Vertrieb Süd' instead"
                case 10: "hint: compare Modified_By with \(email) instead"
                case 7: "hint: no user, role or profile there has it"
                default: "hint: write \(email) instead"
                }
            #expect(wrong.contains { $0.contains(remedy) }, "\(line): \(wrong)")
        }
        let unknown = try await replay(
            "users update \(email) city=X --yes\nlet other = 'nobody@zylker.example'\nusers lookup $other", "")
        #expect(
            unknown.contains { $0.contains("zosh:3: no user matches 'nobody@zylker.example' in Zylker (eu)") },
            "\(unknown)")
        #expect(await stage.play("users lookup \(email) | where city == X | count", []).first == "0")

        let folder = FileManager.default.temporaryDirectory.appending(path: "zosh-inner-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (headed, plain) = (folder.appending(path: "headed.zosh").path, folder.appending(path: "plain.zosh").path)
        try "requires org=60004150868 dc=us\nusers lookup \(email) | ids\n".write(
            toFile: headed, atomically: true, encoding: .utf8)
        try "users lookup \(email) | ids\nusers lookup \(robin)\n".write(
            toFile: plain, atomically: true, encoding: .utf8)
        #expect(try await replay("source \(headed)\nreplay \(headed)", "") == [there, there])
        for command in ["source", "replay"] {
            let inner = try await replay("\(command) \(plain)", "")
            #expect(inner.contains { $0.contains("plain.zosh:2: the id \(robin) means nothing") }, "\(inner)")
        }
        // A file that belongs to the organisation the script runs in is left as it is; one of a third organisation is
        // refused.
        let own = folder.appending(path: "own.zosh").path
        let organisation = try #require(await stage.play("orgs show | select zgid", []).first)
        try "requires org=\(organisation) dc=eu\nusers lookup \(there) | ids\n".write(
            toFile: own, atomically: true, encoding: .utf8)
        #expect(try await replay("source \(own)\nreplay \(own)", "") == [there, there])
        for (header, isOther) in [("org=99 dc=us", true), ("connection=acme", false), ("dc=us", false)] {
            try "requires \(header)\nusers lookup \(email) | ids\n".write(
                toFile: own, atomically: true, encoding: .utf8)
            for command in ["source", "replay"] {
                let inner = try await replay("\(command) \(own)", "")
                #expect(
                    isOther ? inner.contains { $0.contains("organisation 99") } : inner == [there],
                    "\(header) \(command) \(inner)")
            }
        }
        // Those whom the script adds may be meant by the files it runs.
        try "users lookup new@zylker.example | select email\n".write(toFile: own, atomically: true, encoding: .utf8)
        let added = try await replay(
            "users add first_name=N last_name=N email=new@zylker.example role=Manager profile=Standard --yes\nsource "
                + "\(own)\nreplay \(own)",
            "")
        let emails = added.filter { !$0.contains("job ") }.suffix(2)
        #expect(emails == ["new@zylker.example", "new@zylker.example"], "\(added)")
        let leaving = try await replay("users update \(email) city=X --yes\nconnections use acme\nuse acme", "")
        #expect(
            leaving.count { $0.contains("'connections use' chooses a connection, so the script cannot be mapped") }
                == 2, "\(leaving)")
        #expect(await stage.play("users lookup \(email) | where city == X | count", []).first == "0")

        // What is given now is of the organisation it is given for.
        let script =
            "param who: user\nparam rank: role = 'Manager'\nusers lookup $who | ids\nroles show $rank | select name"
        #expect(try await replay(script, "who=\(there)") == [there, "Manager"])
        #expect(try await replay(script, "who=\(email) rank='Vertrieb Süd'") == [there, "Vertrieb Süd"])
        for option in ["", "--check"] {
            let refused = try await replay(script, "who=\(robin) rank=Boss \(option)")
            #expect(refused.contains { $0.contains("the id \(robin) means nothing in Zylker (eu)") }, "\(refused)")
            #expect(refused.contains { $0.contains("there is no role 'Boss' in Zylker (eu)") }, "\(refused)")
        }
        await stage.close()
    }

    @Test(
        "a name in a variable stays one where the line sets it to another, and where other organisations are asked"
    )
    func names() async throws {
        let stage = try await Self.stage()
        let name = try #require(
            await stage.play("users lookup minjun.namgung.7@zylker.example | select full_name", []).first)
        let recorded = try await Self.record(
            [
                ("let who = '\(name)'", []), ("on acme users lookup $who | select email", []),
                ("users lookup $who | ids; let who = 'somebody'", []),
            ], on: stage)
        defer { try? FileManager.default.removeItem(atPath: recorded.file) }
        #expect(
            Array(recorded.lines.dropFirst()) == [
                "let who = '\(name)'", "on acme users lookup $who | select email",
                "users lookup $who | ids; let who = 'somebody'",
            ])
        await stage.close()
    }

    @Test("nothing a line holds gets out of the comment or the quotes it is written in")
    func marks() async throws {
        let stage = try await Self.stage()
        // A quote that a mark makes another character of, and a line break that is one character with what is before
        // it.
        _ = await stage.play("let odd = \"'\u{301}; version\"", [])
        let recorded = try await Self.record(
            [
                ("users lookup nobody@zylker.example |\r\n count; \r\nversion; fails-for-sure", []),
                ("users list | where full_name == $odd | count", []),
            ], on: stage)
        defer { try? FileManager.default.removeItem(atPath: recorded.file) }
        let text = try String(contentsOfFile: recorded.file, encoding: .utf8)
        let lines = text.unicodeScalars.split(separator: "\n").map { String($0) }
        #expect(lines.dropFirst().map { $0.hasPrefix("#") } == [true, true, true, false, false], "\(lines)")
        #expect(lines.dropFirst(4).first == "let odd = \"'\u{301}; version\"")
        #expect(await stage.play("replay \(recorded.file)", []).first == "0")
        await stage.close()
    }

    @Test("what ran in another connection is a comment, and that is said at once")
    func oneConnection() async throws {
        let stage = try await Self.stage()
        let recorded = try await Self.record(
            [
                ("users update minjun.namgung.7@zylker.example city=Oslo --yes", []),
                ("users list | first 1 | select status", []), ("use globex", []),
                ("users update minjun.namgung.7@zylker.example city=Rome --yes", []), ("users list | first 2", []),
                ("let gone = users lookup minjun.namgung.7@zylker.example", []),
                ("orgs use 60004150868", []), ("$last | count", []), ("$gone | count", []),
                ("use globex; users update minjun.namgung.7@zylker.example city=Rome --yes; use acme", []),
                ("help users lookup; users count", []),
                ("on globex users update minjun.namgung.7@zylker.example city=Rome --yes", []),
                ("on all users count", []),
                ("users update minjun.namgung.7@zylker.example city=Bern --yes", []),
            ], on: stage)
        defer { try? FileManager.default.removeItem(atPath: recorded.file) }
        #expect(
            Array(recorded.lines.dropFirst()) == [
                "users update minjun.namgung.7@zylker.example city=Oslo --yes", "users list | first 1 | select status",
                "# the session continues in globex",
                "# ran in globex: users update minjun.namgung.7@zylker.example city=Rome --yes",
                "# ran in globex: users list | first 2",
                "# ran in globex: let gone = users lookup minjun.namgung.7@zylker.example",
                "# the session continues in acme",
                "# no line above sets $last: $last | count",
                "# no line above sets $gone: $gone | count",
                "# chose another connection: use globex; users update minjun.namgung.7@zylker.example city=Rome "
                    + "--yes; use acme",
                "# cannot be part of a script: help users lookup; users count",
                "# ran in other connections: on globex users update minjun.namgung.7@zylker.example city=Rome "
                    + "--yes",
                "on all users count", "users update minjun.namgung.7@zylker.example city=Bern --yes",
            ])
        #expect(
            recorded.told.contains {
                $0.contains("The recording belongs to acme: lines run in globex are recorded as comments")
            })
        #expect(recorded.told.contains { $0.contains("Recording continues") })
        await stage.close()
    }

    @Test("no secret is written, wherever it comes from")
    func secrets() async throws {
        let stage = try await Self.stage()
        let token = "1000.0123456789abcdef0123456789abcdef.0123456789abcdef0123456789abcdef"
        _ = await stage.play("let tok = '\(token)'", [])
        let recorded = try await Self.record(
            [
                ("users list | where alias == $tok | count", []),
                ("let mine = '1000.0123456789abcdef''0123456789abcdef'", []),
                ("users list | where alias == $mine | count", []),
                ("users lokup \(token)", []), ("users list | where alias == $tok | count", []),
            ], on: stage)
        defer { try? FileManager.default.removeItem(atPath: recorded.file) }
        #expect(recorded.lines.dropFirst().allSatisfy { $0.hasPrefix("# a line was left out") }, "\(recorded.lines)")
        #expect(recorded.lines.count == 6)
        await stage.close()
    }

    @Test("an id that is nobody's stays and is told; so is that a file needs --allow-external")
    func told() async throws {
        let stage = try await Self.stage()
        let recorded = try await Self.record(
            [
                ("users list | where Reporting_To.id == 9150868000000411001 | count", []),
                ("users list | first 1 | !cat", []),
            ], on: stage)
        defer { try? FileManager.default.removeItem(atPath: recorded.file) }
        #expect(
            Array(recorded.lines.dropFirst()) == [
                "# no user, role or profile here has the id 9150868000000411001; it is left as it is",
                "users list | where Reporting_To.id == 9150868000000411001 | count", "users list | first 1 | !cat",
            ])
        #expect(
            recorded.told.contains {
                $0.contains("9150868000000411001") && $0.contains("mean nothing in another organisation")
            }, "\(recorded.told)")
        #expect(recorded.told.contains { $0.contains("--allow-external") }, "\(recorded.told)")
        #expect(await stage.play("replay \(recorded.file)", []).last == "=> 2")
        #expect(await stage.play("replay \(recorded.file) --allow-external", []).last?.hasPrefix("=>") != true)
        await stage.close()
    }

    @Test("lines from standard input are recorded; a script is not")
    func standardInput() async throws {
        let stage = try await Self.stage()
        let file = FileManager.default.temporaryDirectory.appending(path: "zosh-recorded-\(UUID().uuidString).zosh")
            .path
        let script = file + ".script"
        defer { for name in [file, script] { try? FileManager.default.removeItem(atPath: name) } }
        let told = await stage.feed("record start \(file)\nusers list |\n  count\nlet x = 'a'\nrecord stop\n")
        #expect(told.contains { $0.hasPrefix("\(file)\t2\t0") }, "\(told)")
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map(String.init)
        #expect(Array(lines.dropFirst()) == ["users list |", "  count", "let x = 'a'"])
        try "record start \(file).2\nusers count\n".write(toFile: script, atomically: true, encoding: .utf8)
        let refused = await stage.play("replay \(script)", [])
        #expect(refused.contains { $0.contains("a script cannot be recorded") } && refused.last == "=> 1", "\(refused)")
        await stage.close()
    }

    @Test(
        "a recording begins on a separate line",
        arguments: ["record start FILE; users count", "record start FILE\nusers count"])
    func alone(_ text: String) async throws {
        let stage = try await Self.stage()
        let file = FileManager.default.temporaryDirectory.appending(path: "zosh-recorded-\(UUID().uuidString).zosh")
            .path
        let refused = await stage.play(text.replacing("FILE", with: file), [])
        #expect(refused.contains { $0.contains("'record start' must be on a separate line") }, "\(refused)")
        #expect(!FileManager.default.fileExists(atPath: file))
        await stage.close()
    }

    @Test("a recording needs a connection to belong to")
    func signedOut() async throws {
        let stage = try await Stage(["interactive": "", "login": "no"])
        #expect(
            await stage.play("record start /nonexistent/x.zosh", []).contains { $0.contains("there is no login yet") })
        await stage.close()
    }

    @Test("nobody to change is no mistake, piped or in a variable")
    func nobody() async throws {
        let stage = try await Self.stage()
        for command in ["users deactivate --yes", "users update city=X --yes", "users delete --yes"] {
            let piped = await stage.play("users list | where email == nobody | \(command)", [])
            let words = command.split(separator: " ", maxSplits: 2)
            let named = await stage.play(
                "let e = users list | where email == nobody; \(words[0]) \(words[1]) $e \(words[2])", [])
            #expect(
                piped.last == "2> No users given; nothing changed" && piped.count == 2
                    && piped[0].hasPrefix("2> No row matches; email is "),
                "\(piped)")
            #expect(named == piped, "\(named)")
        }
        #expect(await stage.play("users deactivate --yes", []).last == "=> 2")
        await stage.close()
    }
}
