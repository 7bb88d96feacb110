import Testing
import ZoshKit

@testable import ZoshCore

struct BinderTests {
    /// What `probe` was given, as `name=value` pieces, or the error as `problem@lower-upper`.
    private func probed(_ text: String) async throws -> [String] {
        let rig = Rig(files: ["names.txt": "ada\ngrace\n", "one.txt": "one value\n"])
        rig.session.variables["rows"] = .rows(
            [["id": "7", "email": "a@x"], ["id": "8", "email": "b@x"]], .unknown, isWhole: true)
        rig.session.variables["one"] = .rows([["id": "7", "email": "a b@x"]], .unknown, isWhole: true)
        rig.session.variables["name"] = .value("two words")
        rig.session.variables["long"] = .rows([], .unknown, isWhole: false)
        try await rig.run(text)
        if let error = rig.seen.errors.first {
            #expect(rig.seen.errors.count == 1)
            #expect(rig.seen.rows.isEmpty)
            return ["\(error.problem)@\(error.span?.lower ?? -1)-\(error.span?.upper ?? -1)"]
        }
        return rig.seen.rows.map { "\($0["name"]?.text ?? "")=\($0["value"]?.text ?? "")" }
    }

    @Test(
        "words go to parameters",
        arguments: [
            ("probe a b c", ["first=a", "rest=b", "rest=c"]),
            ("probe number=5", ["number=5"]),
            ("probe --number 5", ["number=5"]),
            ("probe --number=5", ["number=5"]),
            ("probe --loud", ["loud=true"]),
            ("probe loud=no", ["loud=false"]),
            ("probe --loud=off x", ["first=x", "loud=false"]),
            ("probe per_page=5", ["per-page=5"]),
            ("probe --per-page 5", ["per-page=5"]),
            ("probe list=a,b,'c,d'", ["list=a", "list=b", "list=c,d"]),
            ("probe 'number=5'", ["first=number=5"]),
            ("probe -- --loud x=y", ["first=--loud", "rest=x=y"]),
            ("probe -5", ["first=-5"]),
            ("probe first=a", ["first=a"]),
            ("probe rest=b a", ["first=a", "rest=b"]),
            ("probe \"\"", ["first="]),
            ("probe a\\ b", ["first=a b"]),
            ("probe day=2026-01-31", ["day=2026-01-31T00:00:00+00:00"]),
            ("probe day='30d ago'", ["day=2026-05-16T12:00:00+00:00"]),
            ("probe day=yesterday", ["day=2026-06-14T00:00:00+00:00"]),
            ("probe day=2026-01-31T09:00:00+02:00", ["day=2026-01-31T07:00:00+00:00"]),
            ("probe where-from=@x.csv", ["where-from=x.csv"]),
            ("probe where-from=x.csv", ["where-from=x.csv"]),
        ])
    func words(text: String, expected: [String]) async throws { #expect(try await probed(text) == expected) }

    @Test(
        "variables and files go in as values, never split into words",
        arguments: [
            ("probe $name", ["first=two words"]),
            ("probe \"<$name>\"", ["first=<two words>"]),
            ("probe $one.email", ["first=a b@x"]),
            ("probe $one", ["first=7"]),
            ("probe x $rows", ["first=x", "rest=7", "rest=8"]),
            ("probe x $rows.email", ["first=x", "rest=a@x", "rest=b@x"]),
            ("probe list=$rows", ["list=7", "list=8"]),
            ("probe list=a,$rows.email", ["list=a", "list=a@x", "list=b@x"]),
            ("probe x @names.txt", ["first=x", "rest=ada", "rest=grace"]),
            ("probe list=@names.txt", ["list=ada", "list=grace"]),
            ("probe @one.txt", ["first=one value"]),
            ("probe '@one.txt'", ["first=@one.txt"]),
            ("probe number=$status", ["number=0"]),
            ("let n = 'x y'; probe $n", ["first=x y"]),
        ])
    func values(text: String, expected: [String]) async throws { #expect(try await probed(text) == expected) }

    @Test(
        "each mistake gives one message at its place",
        arguments: [
            ("probe number=x", "'x' is not a number@13-14"),
            ("probe number=12", "12 is out of range@13-15"),
            ("probe number=99999999999999999999", "'99999999999999999999' is not a number@13-33"),
            ("probe loud=maybe", "'maybe' is neither yes nor no@11-16"),
            ("probe day=someday", "'someday' is not a date@10-17"),
            ("probe day=2026-02-30", "'2026-02-30' is not a date@10-20"),
            ("probe nubmer=1", "'probe' has no option 'nubmer'@6-12"),
            ("probe --nubmer 1", "'probe' has no option 'nubmer'@6-14"),
            ("probe --nubmer=1", "'probe' has no option 'nubmer'@6-14"),
            ("probe --number", "--number needs a value: number@6-14"),
            ("probe --number --loud", "--number needs a value: number@6-14"),
            ("probe number=1 number=2", "'number' is given twice@15-23"),
            ("probe list=a,,b", "a value is missing in this list@11-15"),
            ("probe @", "a path is missing after '@'@6-7"),
            ("probe { probe }", "'probe' takes no block@6-15"),
            ("probe deep er", "'probe deep er' needs EXACTLY@0-13"),
            ("probe deep er a b", "unexpected argument 'b'@16-17"),
            ("users list x", "unexpected argument 'x'@11-12"),
            ("users list > file.csv", "> is not supported@11-12"),
            ("users list type=Admins", "'Admins' is not a valid type@16-22"),
            ("users lookup ids=1,x", "'x' is not a user id@19-20"),
            ("users list | users list", "'users list' cannot read from a pipe@13-23"),
            ("count", "'count' needs rows to work on@0-5"),
            ("users list | where", "'where' needs CONDITION@13-18"),
            ("users list | each", "'each' needs BLOCK@13-17"),
            ("users list | each probe $it", "'$it' exists only between '{' and '}' and in conditions@24-27"),
            ("users list | each probe x", "expected a block@18-23"),
            ("users list | each { probe } x", "unexpected argument 'x'@28-29"),
            ("users 'list'", "'users' needs a subcommand@0-5"),
            ("'users' list", "expected a command@0-7"),
            ("probe 'a", "the quote opened here is never closed@6-7"),
            ("probe $nmae", "there is no variable '$nmae'@6-11"),
            ("probe $it.id", "'$it' exists only between '{' and '}' and in conditions@6-12"),
            ("probe $rows", "'$rows' is 2 rows where one value is needed@6-11"),
            ("probe $long", "'$long' was not kept whole: it was too long, or not read to its end@6-11"),
            ("probe $one.phone", "'$one' has no field 'phone'@6-16"),
            ("probe number=$name", "'two words' is not a number@13-18"),
            ("probe @nothing.txt", "there is no file 'nothing.txt'@6-18"),
            ("users update ada --city London", "'users update' has no option 'city'@17-23"),
            ("users update ada city=a city=b", "'city' is given twice@24-28"),
            ("param x: text", "'param' belongs before the first command of a script@6-7"),
            ("users list; count", "'count' needs rows to work on@12-17"),
            ("probe a | let x = b", "'let' cannot read from a pipe@10-13"),
            ("each { let x = probe }", "'each' needs rows to work on@0-4"),
            ("probe | each { let x = probe }", "a block cannot set variables or aliases@19-20"),
            ("alias users = probe", "'users' is already a command@6-11"),
        ])
    func mistakes(text: String, expected: String) async throws { #expect(try await probed(text) == [expected]) }

    @Test(
        "mistakes come with what to do next",
        arguments: [
            ("probe nubmer=1", "did you mean 'number'?"), ("probe --nubmer 1", "did you mean '--number'?"),
            ("users list type=AdminUser", "did you mean 'AdminUsers'?"), ("users list > x", "… | save FILE"),
            ("probe $nmae", "did you mean '$name'?"),
            ("users update ada --city London", "city=…, without dashes"),
            ("let a = 5", "quote a text: let a = '5'"), ("let a = Zürich Nord", "quote a text: let a = 'Zürich Nord'"),
            ("let a = porbe x", "did you mean 'probe'?"),
            ("let a = probe | zzzzzz", "help"), ("probe deep er", "probe deep er EXACTLY"),
            ("probe dy=1", "did you mean 'day'?"),
            ("users list role!=CEO", "conditions follow a pipe: users list | where role != CEO"),
            ("users list 'role.name~Head of'", "conditions follow a pipe: users list | where role.name ~ 'Head of'"),
            (
                "users list modified_time<2026-01-01",
                "conditions follow a pipe: users list | where modified_time < 2026-01-01"
            ),
        ])
    func remedies(text: String, remedy: String) async throws {
        let rig = Rig()
        rig.session.variables["name"] = .value("x")
        try await rig.run(text)
        #expect(rig.seen.errors.map(\.remedy) == [remedy])
    }

    @Test("a bare name=value is a field where fields are taken, and write options leave the fields alone")
    func fields() async throws {
        let rig = Rig()
        rig.session.variables["who"] = .value(nil)
        try await rig.run("users update ada city='New York' yes=1 phone=$who --dry-run --at-most 3")
        let change = try #require(rig.seen.changes.first)
        #expect(change.0.shown == ["city": "New York", "yes": "1", "phone": nil])
        #expect(change.1 == WriteOptions(dryRun: true, yes: false, atMost: 3))
    }

    @Test("nothing runs when anything on the line is wrong")
    func allOrNothing() async throws {
        let rig = Rig()
        let result = try await rig.run("users list | count; users update ada city=x; probe nubmer=1")
        #expect(result.status == .usage)
        #expect(rig.seen.rows.isEmpty && rig.seen.changes.isEmpty && rig.world.pages == 0)
    }

    @Test("more ids than Zoho takes at once may be given at once")
    func manyIDs() async throws {
        let rig = Rig()
        let ids = (1...250).map(String.init).joined(separator: ",")
        let result = try await rig.run("users lookup ids=\(ids)")
        #expect(rig.seen.rows.count == 4)
        #expect(rig.seen.missing.count == 246)
        #expect(result.status == .partial)
    }
}
