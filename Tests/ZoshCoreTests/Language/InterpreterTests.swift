import Testing
import ZoshKit

@testable import ZoshCore

struct InterpreterTests {
    @Test(
        "a line ends with the status of its last command, as in sh",
        arguments: [
            ("probe", ZoshKit.ExitStatus.done, 0), ("fails", .failed, 1), ("fails; probe", .done, 1),
            ("probe; fails", .failed, 1),
            ("fails && probe", .failed, 1), ("fails || probe", .done, 1), ("probe || fails", .done, 0),
            ("probe && fails", .failed, 1),
            ("fails && probe || probe", .done, 1), ("probe || fails && probe", .done, 0),
            ("fails && probe; probe", .done, 1),
            ("users lookup 1 nobody", .partial, 0), ("users lookup nobody && probe", .partial, 0),
            ("users lookup nobody || probe", .done, 0),
            ("let x = users lookup nobody", .partial, 0), ("let x = fails", .failed, 1), ("", .done, 0),
            ("# nothing", .done, 0),
            ("nosuch", .usage, 1), ("probe 'x", .usage, 1), ("fails auth", .auth, 1),
            ("fails network", .unavailable, 1),
            ("fails rateLimited", .unavailable, 1), ("fails usage", .usage, 1), ("fails cancelled", .interrupted, 1),
            ("fails cancelled; probe", .interrupted, 1),
            ("fails cancelled || probe", .interrupted, 1), ("fails refused", .failed, 1),
            ("fails declined", .failed, 1), ("fails notFound", .failed, 1),
            ("fails bug\nprobe", .done, 1),
        ])
    func statuses(text: String, status: ZoshKit.ExitStatus, errors: Int) async throws {
        let rig = Rig()
        #expect(try await rig.run(text).status == status)
        #expect(rig.seen.errors.count == errors)
        if !text.isEmpty, !text.hasPrefix("#") {
            #expect(rig.session.variables["status"] == .value(.integer(Int64(status.rawValue))))
        }
    }

    @Test(
        "every error points at the stage it came from",
        arguments: [
            ("probe; fails | count", 7, 12), ("fails\nfails network", 0, 5), ("let x = fails | where id == 1", 8, 13),
        ])
    func places(text: String, lower: Int, upper: Int) async throws {
        let rig = Rig()
        try await rig.run(text)
        #expect(rig.seen.errors.first?.span == Span(lower, upper))
    }

    @Test(
        "a line the network or its person stopped says how far it had come",
        arguments: ["network", "rateLimited", "cancelled"])
    func arrived(kind: String) async throws {
        let rig = Rig()
        try await rig.run("fails \(kind)")
        #expect(rig.seen.errors.map(\.problem) == ["it failed; 2 rows had arrived"])
        #expect(rig.seen.rows.count == 2)
    }

    @Test("variables last from line to line")
    func variables() async throws {
        let rig = Rig()
        try await rig.run("let admins = people | first 2")
        try await rig.run("$admins | select id")
        #expect(rig.seen.rows == [["id": "1"], ["id": "2"]])
        try await rig.run("$last | count")
        #expect(rig.seen.rows.last == ["count": 2])
        try await rig.run("fails || probe $status")
        #expect(rig.seen.rows.last?["value"] == "1")
        try await rig.run("let n = $admins; $n | count; let one = people | first 1; probe $one.role.name")
        #expect(rig.seen.rows.last?["value"] == "CEO")
    }

    @Test(
        "a let that fails leaves nothing under its name: what follows would go on with other rows",
        arguments: [
            "let x = fails; $x | probe no", "let x = people | assert count == 1; probe $x.id",
        ], [true, false])
    func failedLet(text: String, isTyped: Bool) async throws {
        let rig = Rig()
        try await rig.run("let x = people | first 1")
        let result = try await rig.run(text, interactive: isTyped)
        #expect(result.status != .done)
        #expect(rig.seen.rows.isEmpty)
        #expect(rig.session.variables["x"] == nil)
    }

    @Test("$last is kept only when it was kept whole")
    func lastIsBounded() async throws {
        let people: [Row] = (0...VariableScope.lastLimit).map { ["id": .string(String($0))] }
        let rig = Rig(World(people))
        try await rig.run("people; $last | count")
        #expect(
            rig.seen.errors.map(\.problem) == ["'$last' was not kept whole: it was too long, or not read to its end"])
        try await rig.run("people | skip 1; $last | count")
        #expect(rig.seen.rows.last == ["count": .integer(Int64(VariableScope.lastLimit))])
    }

    @Test(
        "a mistake in what an alias stands for points at the alias, however short",
        arguments: [
            ("probe longname=1", 1), ("probe list=a,,b", 1), ("people | where (long == value", 1),
            ("probe --longname=x", 1), ("people | select a,b..c,d", 1),
            ("people | sort a desc | where longfield>=longvalue longer", 1),
            ("people | each { nosuch command here }", 1), ("people | each { let x = people }", 1),
        ])
    func aliasPlaces(meaning: String, errors: Int) async throws {
        let session = Session()
        await session.set(alias: "a", to: meaning)
        let rig = Rig(session: session)
        try await rig.run("probe; a")
        #expect(rig.seen.errors.count == errors)
        #expect(
            rig.seen.errors.allSatisfy { $0.span == Span(7, 8) || $0.span == Span(8, 8) },
            "\(rig.seen.errors.map(\.span))")
    }

    @Test("an alias stands for its pipeline, with what follows it added to the end")
    func aliases() async throws {
        let rig = Rig()
        try await rig.run("alias two = people | first 2; alias twoids = two | select")
        try await rig.run("twoids id")
        #expect(rig.seen.rows == [["id": "1"], ["id": "2"]])
        try await rig.run("two | nosuch")
        #expect(rig.seen.errors.last?.span == Span(6, 12))
        try await rig.run("two x")
        #expect(rig.seen.errors.last?.span == Span(4, 5))
        try await rig.run("alias me = me; me")
        #expect(rig.seen.errors.last?.problem == "there is no command 'me'")
        try await rig.run("alias")
        #expect(rig.seen.rows.last == ["alias": "twoids", "meaning": "two | select"])
        try await rig.run("alias --remove two; alias two")
        #expect(rig.seen.errors.last?.problem == "there is no alias 'two'")
    }

    @Test("the beginning of a word is enough at the prompt and nowhere else")
    func prefixes() async throws {
        let rig = Rig()
        #expect(try await rig.run("user li | cou", interactive: true).status == .done)
        #expect(try await rig.run("user li | cou").status == .usage)
    }

    @Test(
        "history holds full names",
        arguments: [
            ("user li | cou", "users list | count"), ("users list", "users list"),
            ("prob li | each { user upd $it.id city='us li' }", "probe li | each { users update $it.id city='us li' }"),
            ("let x = user li; user li |", "let x = user li; user li |"), ("usr", "usr"), ("hi li", "hi li"),
            ("hist é; user li", "history é; users list"),
        ])
    func writtenOut(text: String, expected: String) async throws {
        let rig = Rig()
        await rig.session.set(alias: "hi", to: "probe hi")
        let aliases = await rig.session.aliases
        #expect(try rig.interpreter().writtenOut(text, aliases: aliases) == expected)
    }

    @Test("aliases that double one another are cut off")
    func doubling() async throws {
        let rig = Rig()
        for level in 1...40 { await rig.session.set(alias: "a\(level)", to: "a\(level - 1) | a\(level - 1)") }
        await rig.session.set(alias: "a0", to: "count")
        #expect(try await rig.run("people | a40").status == .usage)
        #expect(rig.seen.errors.first?.problem.contains("too long a pipeline") == true)
    }

    @Test(
        "aliases that stand for themselves inside a block or behind 'on' are refused",
        arguments: [
            ["d": "probe list | each { d }"], ["d": "on all d"],
            ["d": "probe list | each { e }", "e": "probe list | each { d }"],
            ["d": "probe list | each { d; d }"], ["d": "probe list | each { d | each { d } }"],
        ])
    func cycles(aliases: [String: String]) async throws {
        let rig = Rig()
        for (name, meaning) in aliases { await rig.session.set(alias: name, to: meaning) }
        #expect(try await rig.run("d").status == .usage)
        let error = try #require(rig.seen.errors.first)
        // A fan-out within a fan-out is refused as such.
        #expect(error.problem.contains("refers to itself") || error.problem == "'on' cannot run 'on'")
        #expect(error.span == Span(0, 1))
    }

    @Test("of many mistakes the first are told, and how many more there are")
    func manyMistakes() async throws {
        let rig = Rig()
        try await rig.run(Array(repeating: "nosuch", count: 1000).joined(separator: "\n"))
        #expect(rig.seen.errors.count == Interpreter.mostErrors + 1)
        #expect(rig.seen.errors.last?.problem == "there are 980 more mistakes")
    }

    @Test(
        "words split by somebody else are one command, read as they are",
        arguments: [
            (["probe", "a b", "list=x,y", "--loud"], ["a b", "x", "y", "true"]),
            (["probe", "$x", "|", "#"], ["$x", "|", "#"]),
            (["probe", ""], [""]), (["probe", "'q'"], ["'q'"]), (["probe", "number=3"], ["3"]),
        ])
    func split(words: [String], values: [String]) async throws {
        let rig = Rig()
        let result = try await rig.interpreter().run(words: words, showing: rig)
        #expect(result.status == .done)
        #expect(rig.seen.rows.compactMap { $0["value"]?.text } == values)
    }

    @Test("an error in split words points into the words")
    func splitError() async throws {
        let rig = Rig()
        #expect(try await rig.interpreter().run(words: ["probe", "a b", "nubmer=3"], showing: rig).status == .usage)
        #expect(rig.seen.errors.first?.span == Span(10, 16))
        #expect(try await rig.interpreter().run(words: [], showing: rig).status == .done)
    }

    @Test("without a login only local commands run, and the error says what to do")
    func noLogin() async throws {
        let rig = Rig(connection: nil)
        #expect(try await rig.run("probe").status == .done)
        #expect(try await rig.run("probe; people").status == .auth)
        #expect(rig.seen.errors.map(\.remedy) == ["auth login"])
        #expect(rig.seen.errors.map(\.span) == [Span(7, 13)])
    }

    @Test("a scope the login lacks is named before anything is asked")
    func scopes() async throws {
        var connection = Rig.acme
        connection.scopes = ["ZohoCRM.users.READ"]
        let rig = Rig(connection: connection)
        #expect(try await rig.run("people | first 1").status == .done)
        #expect(try await rig.run("people | users deactivate").status == .auth)
        #expect(rig.seen.errors.map(\.remedy) == ["auth extend ZohoCRM.users.UPDATE"])
        #expect(rig.seen.errors.map(\.code) == ["OAUTH_SCOPE_MISMATCH"])
        #expect(rig.world.pages == 1)
        #expect(try await rig.run("on acme users deactivate 17").status == .auth)
        #expect(rig.seen.notes.last?.hasSuffix("auth extend ZohoCRM.users.UPDATE --connection acme") == true)
    }

    @Test("a cancelled line ends with 130 and runs nothing more")
    func cancelled() async throws {
        let rig = Rig()
        let interpreter = try rig.interpreter()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await interpreter.run("probe; people | each { probe }; probe", showing: rig)
        }
        #expect(await task.value.status == .interrupted)
        #expect(rig.seen.rows.isEmpty)
        #expect(rig.seen.errors == [.interrupted])
    }

    @Test("exit ends the line")
    func exit() async throws {
        let rig = Rig()
        let result = try await rig.run("probe a; quit; probe b")
        #expect(result.wantsExit)
        #expect(rig.seen.rows.count == 1)
    }

    @Test("set changes what it lists, and refuses what it does not know")
    func settings() async throws {
        let rig = Rig()
        try await rig.run("set format ndjson; set columns email,role.name; set api-version v2.1; set api_version")
        let settings = await rig.session.settings
        #expect(
            settings.format == .ndjson && settings.columns == ["email", "role.name"] && settings.apiVersion == .v2_1)
        #expect(rig.seen.rows.last?["value"] == "v2.1")
        try await rig.run("set format auto; set columns auto; set")
        #expect(await rig.session.settings.format == nil)
        #expect(
            rig.seen.rows.suffix(9).map { $0["value"]?.text } == [
                "auto", "auto", "off", "auto", "v2.1", "off", "auto", "auto", "off",
            ])
        #expect(try await rig.run("set formt json").status == .usage)
        #expect(try await rig.run("set format jsn").status == .usage)
        #expect(rig.seen.errors.map(\.remedy) == ["did you mean 'format'?", "did you mean 'json'?"])
    }

    @Test("history and version are rows")
    func others() async throws {
        let rig = Rig()
        try await rig.run("history 1; version")
        #expect(
            rig.seen.rows == [
                ["number": 2, "connection": "acme", "line": "exit"], ["zosh": "1.0", "api_version": "v8"],
            ])
    }

    @Test("the session's flags reach every command")
    func snapshot() async throws {
        var settings = Session.Settings()
        settings.readOnly = true
        settings.atMost = 3
        let snapshot = await Session(settings).snapshot(connection: nil)
        #expect(snapshot.readOnly && snapshot.atMost == 3 && !snapshot.dryRun)
        #expect(await Session().snapshot(connection: Rig.acme).connection == Rig.acme)
    }
}
