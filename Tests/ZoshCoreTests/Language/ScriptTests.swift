import Synchronization
import Testing
import ZoshKit

@testable import ZoshCore

struct ScriptTests {
    private static let files = [
        "lookup.zosh":
            "param who: user\nparam fields: field = email\n\n# who is it\nusers lookup $who | select email\n",
        "two.zosh": "probe a\nprobe b\n",
        "stop.zosh": "probe a\nfails\nprobe b\n",
        "lost.zosh": "users lookup nobody\nprobe b\n",
        "saved.zosh": "fails || probe saved\nprobe b\n",
        "wrong.zosh": "probe a\nprobe nubmer=1\nnosuch\n",
        "open.zosh": "probe a\nprobe 'x\nprobe b",
        "write.zosh": "param n: number = 3\nprobe $n\nusers deactivate 1 2\n",
        "vars.zosh": "let x = 'set'\nalias hello = probe hi\nhello\nprobe $x\n",
        "long.zosh": "people |\n  select id |\n  count\neach_is_wrong\n",
        "exit.zosh": "probe a\nexit\nprobe b\n",
        "self.zosh": "source self.zosh\n", "ping.zosh": "probe ping\nreplay pong.zosh\n",
        "pong.zosh": "source ping.zosh\nreplay ping.zosh\n",
        "thirty.zosh": String(repeating: "nosuch\n", count: 30),
        "params.zosh":
            "param n: number\nparam d: date = '30d ago'\nparam y: yesno = yes\nprobe number=$n day=$d loud=$y\n",
        "badparam.zosh": "param n: nummer\nparam m: number = x\n",
        "late.zosh": "probe\nparam n: number\n",
        "twice.zosh": "param n: number\nparam n: text\n",
        "conn.zosh": "param c: connection\nparam on: connection = all\non $on users list\nprobe $c\n",
        "file.zosh": "param f: file\nparam out: file = new.csv\nprobe where-from=$f\npeople | save $out\n",
        "field.zosh": "param f: field\npeople | select $f\n", "x.csv": "emial\n1\n",
        "rows.zosh": "param f: field\nopen x.csv | select $f\n",
        "default.zosh": "param c: connection = nosuch\nprobe a\n", "it.zosh": "param it: text\nprobe\n",
        "last.zosh": "param last: text = x\nprobe\n",
        "status.zosh": "param status: number = 1\nprobe\n",
        "calls.zosh": "probe outer\nreplay two.zosh\nsource two.zosh\n",
    ]

    private struct Ended {
        let rig: Rig
        let result: Interpreter.Result
    }

    private func run(_ text: String, connection: ConnectionSummary? = Rig.acme, answer: Bool = true) async throws
        -> Ended
    {
        let rig = Rig(files: Self.files, connection: connection, answer: answer)
        return Ended(rig: rig, result: try await rig.run(text))
    }

    @Test(
        "scripts run, stop, go on and end as asked",
        arguments: [
            ("replay two.zosh", ["a", "b"], ZoshKit.ExitStatus.done, 0), ("source two.zosh", ["a", "b"], .done, 0),
            ("replay stop.zosh", ["a"], .failed, 1),
            ("replay stop.zosh --keep-going", ["a", "b"], .failed, 1), ("source stop.zosh", ["a"], .failed, 1),
            ("replay lost.zosh", [], .partial, 0),
            ("replay saved.zosh", ["saved", "b"], .done, 1), ("replay wrong.zosh", [], .usage, 2),
            ("source wrong.zosh", [], .usage, 2), ("replay open.zosh", [], .usage, 1),
            ("replay exit.zosh; probe c", ["a", "c"], .done, 0), ("source exit.zosh; probe c", ["a"], .done, 0),
            ("replay nothing.zosh", [], .failed, 1),
            ("replay calls.zosh", ["outer", "a", "b", "a", "b"], .done, 0),
            ("replay two.zosh && probe c", ["a", "b", "c"], .done, 0),
            ("replay stop.zosh || probe c", ["a", "c"], .done, 1),
            ("replay params.zosh n=5", ["5", "2026-05-16T12:00:00+00:00", "true"], .done, 0),
            ("replay", [], .usage, 1), ("replay two.zosh --frobnicate", [], .usage, 1),
        ])
    func runs(text: String, values: [String], status: ZoshKit.ExitStatus, errors: Int) async throws {
        let ended = try await run(text)
        #expect(ended.rig.seen.rows.compactMap { $0["value"]?.text } == values)
        #expect(ended.result.status == status)
        #expect(ended.rig.seen.errors.count == errors)
    }

    @Test(
        "errors name file and line",
        arguments: [
            ("replay wrong.zosh", ["wrong.zosh:2", "wrong.zosh:3"]), ("replay stop.zosh", ["stop.zosh:2"]),
            ("source stop.zosh", ["stop.zosh:2"]),
            ("replay long.zosh", ["long.zosh:4"]), ("replay open.zosh", ["open.zosh:2"]),
            ("replay badparam.zosh", ["badparam.zosh:1", "badparam.zosh:2"]),
            ("replay late.zosh", ["late.zosh:2"]), ("replay twice.zosh", ["twice.zosh:2"]),
            ("replay nothing.zosh", [":1"]), ("replay lookup.zosh", [":1"]),
        ])
    func places(text: String, places: [String]) async throws {
        let ended = try await run(text)
        #expect(ended.rig.seen.places == places)
    }

    @Test(
        "parameters are typed and checked before anything runs",
        arguments: [
            ("replay lookup.zosh", "the script needs who, a user"),
            ("replay lookup.zosh whom=x", "the script has no parameter 'whom'"),
            ("replay params.zosh n=x", "'x' is not a number"),
            ("replay params.zosh n=1 d=someday", "'someday' is not a date"),
            ("replay conn.zosh c=nosuch", "there is no connection 'nosuch'"),
            ("replay conn.zosh c=nosuch --check", "there is no connection 'nosuch'"),
            ("replay conn.zosh c=acme on=acme,globex", "there is no connection 'globex'"),
            ("replay conn.zosh c=all", "there is no connection 'all'"),
            ("replay file.zosh f=/nonexistent", "there is no file '/nonexistent'"),
            ("replay field.zosh f=emial", "users have no field 'emial'"),
            ("replay field.zosh f=-rolle.name", "users have no field 'rolle'"),
            ("replay default.zosh", "there is no connection 'nosuch'"),
            ("replay it.zosh it=x", "'$it' is set by zosh itself"),
            ("replay last.zosh", "'$last' is set by zosh itself"),
            ("replay status.zosh", "'$status' is set by zosh itself"),
            ("replay two.zosh x=1", "the script has no parameter 'x'"),
            ("replay badparam.zosh", "'nummer' is not a type"),
        ])
    func parameters(text: String, problem: String) async throws {
        let ended = try await run(text)
        #expect(ended.rig.seen.errors.first?.problem == problem)
        #expect(ended.rig.seen.rows.isEmpty)
        #expect(ended.result.status == (problem.hasPrefix("there is no") ? .failed : .usage))
    }

    @Test(
        "what exists, and what the script itself makes, is let through",
        arguments: [
            "replay conn.zosh c=acme --check", "replay conn.zosh c=acme on=all --check",
            "replay file.zosh f=two.zosh --check", "replay field.zosh f=role.name",
            "replay field.zosh f='-created_time'", "replay field.zosh f=Shoe_Size", "replay rows.zosh f=emial --check",
        ])
    func letThrough(text: String) async throws {
        let ended = try await run(text)
        #expect(ended.rig.seen.errors.isEmpty)
        #expect(ended.result.status == .done)
    }

    @Test("what is wrong with a default is told where it stands")
    func defaults() async throws {
        #expect(try await run("replay default.zosh").rig.seen.places == ["default.zosh:1"])
        #expect(try await run("replay conn.zosh c=nosuch").rig.seen.places == [":1"])
    }

    @Test("a parameter's value is one value, and comes from a variable too")
    func values() async throws {
        let ended = try await run("let who = 'ada@acme.test'; replay lookup.zosh who=$who")
        #expect(ended.rig.seen.rows == [["email": "ada@acme.test"]])
    }

    @Test("a replayed script neither sees nor leaves variables and aliases; a sourced one does both")
    func scopes() async throws {
        let replayed = try await run("replay vars.zosh")
        #expect(replayed.rig.seen.rows.compactMap { $0["value"]?.text } == ["hi", "set"])
        #expect(replayed.rig.session.variables["x"] == nil)
        #expect(await replayed.rig.session.aliases.isEmpty)
        let hidden = try await run("let who = 'x'; replay late.zosh")
        #expect(hidden.result.status == .usage)
        let sourced = try await run("source vars.zosh; probe $x")
        #expect(sourced.rig.seen.rows.compactMap { $0["value"]?.text } == ["hi", "set", "set"])
        #expect(await sourced.rig.session.aliases == ["hello": "probe hi"])
    }

    @Test("--check says what would run and runs nothing")
    func check() async throws {
        let ended = try await run("replay write.zosh --check")
        #expect(ended.rig.seen.rows.map { $0["line"] } == [2, 3])
        #expect(ended.rig.seen.rows.map { $0["writes"] } == [false, true])
        #expect(ended.rig.seen.rows.last?["text"] == "users deactivate 1 2")
        #expect(ended.rig.seen.changes.isEmpty)
    }

    @Test("--dry-run reaches every write")
    func dryRun() async throws {
        let ended = try await run("replay write.zosh --dry-run")
        #expect(ended.rig.seen.changes.map(\.1.dryRun) == [true, true])
        let real = try await run("replay write.zosh")
        #expect(real.rig.seen.changes.map(\.1.dryRun) == [false, false])
    }

    @Test("--step asks before a line that writes, and a no ends the script", arguments: [(true, 2), (false, 0)])
    func step(answer: Bool, changes: Int) async throws {
        let ended = try await run("replay write.zosh --step", answer: answer)
        #expect(ended.rig.seen.questions == ["users deactivate 1 2"])
        #expect(ended.rig.seen.changes.count == changes)
        #expect(ended.result.status == (answer ? .done : .failed))
    }

    @Test("what the login does not allow is told before the first line runs")
    func scopeCheck() async throws {
        var connection = Rig.acme
        connection.scopes = ["ZohoCRM.users.READ"]
        let ended = try await run("replay write.zosh", connection: connection)
        #expect(ended.result.status == .auth)
        #expect(ended.rig.seen.rows.isEmpty)
        #expect(ended.rig.seen.places == ["write.zosh:3"])
    }

    @Test(
        "no file runs itself, straight or by another",
        arguments: [
            ("source self.zosh", "'self.zosh' would run itself", 0),
            ("replay self.zosh", "'self.zosh' would run itself", 0),
            ("replay ping.zosh", "'ping.zosh' would run itself", 1),
            ("replay pong.zosh", "'pong.zosh' would run itself", 1),
        ])
    func recursion(text: String, problem: String, rows: Int) async throws {
        let ended = try await run(text)
        #expect(ended.rig.seen.errors.map(\.problem) == [problem])
        #expect(ended.rig.seen.rows.count == rows)
        #expect(ended.result.status == .usage)
    }

    @Test(
        "a check tells every mistake, a run the first twenty",
        arguments: [("replay thirty.zosh --check", 30), ("replay thirty.zosh", 21)])
    func allMistakes(text: String, errors: Int) async throws {
        #expect(try await run(text).rig.seen.errors.count == errors)
    }

    private final class Feed: LineReading {
        let rest: Mutex<ArraySlice<String>>
        init(_ text: String) {
            rest = Mutex(text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...])
        }
        func next() async throws -> String? { rest.withLock { $0.popFirst() } }
    }

    @Test(
        "standard input runs line by line, continued lines whole, and stops at the first failure",
        arguments: [
            ("probe a\nprobe b", ["a", "b"], ZoshKit.ExitStatus.done, []),
            ("probe a\nfails\nprobe b", ["a"], .failed, ["standard input:2"]),
            ("probe a\n\n\nprobe 'b\nc' |\nselect value\nfails", ["a", "b\nc"], .failed, ["standard input:7"]),
            ("probe a\nprobe 'b", ["a"], .usage, ["standard input:2"]),
            ("let x = 'v'\nprobe $x", ["v"], .done, []), ("probe a\nexit\nprobe b", ["a"], .done, []),
            ("", [], .done, []),
            ("probe a\nnosuch\nprobe b", ["a"], .usage, ["standard input:2"]),
        ])
    func lines(text: String, values: [String], status: ZoshKit.ExitStatus, places: [String]) async throws {
        let rig = Rig()
        let result = try await rig.interpreter().run(lines: Feed(text), showing: rig)
        #expect(rig.seen.rows.compactMap { $0["value"]?.text } == values)
        #expect(result.status == status)
        #expect(rig.seen.places == places)
    }
}
