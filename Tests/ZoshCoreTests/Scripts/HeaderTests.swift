import Testing
import ZoshKit

@testable import ZoshCore

/// What a script says about where it belongs.
struct HeaderTests {
    private func run(
        _ header: String, _ options: String = "", session: Session = Session(), others: [ConnectionSummary] = []
    ) async throws -> Rig {
        let rig = Rig(files: ["s.zosh": "\(header)\nprobe ran\n"], session: session, others: others)
        try await rig.run("replay s.zosh \(options)")
        return rig
    }

    @Test(
        "a script runs where it belongs",
        arguments: [
            "requires zosh=1.0", "requires zosh=0.9.3", "requires zosh=1", "requires org=700 dc=eu",
            "requires connection=acme", "requires org=700 connection=other",
            "requires environment=production", "# a comment\n\nrequires zosh=1.0 org=700",
        ])
    func runs(_ header: String) async throws {
        let rig = try await run(header)
        #expect(rig.seen.rows.count == 1, "\(rig.seen.errors)")
    }

    @Test(
        "and nowhere else",
        arguments: [
            ("requires zosh=1.1", "the script needs zosh 1.1, and this is 1.0", "s.zosh:1"),
            ("requires zosh=2", "the script needs zosh 2, and this is 1.0", "s.zosh:1"),
            ("requires zosh=new", "'new' is not a version", "s.zosh:1"),
            ("requires zosh=.", "'.' is not a version", "s.zosh:1"),
            ("requires zosh=", "'' is not a version", "s.zosh:1"),
            ("requires zosh=1.", "'1.' is not a version", "s.zosh:1"),
            ("requires zosh=99999999999999999999", "'99999999999999999999' is not a version", "s.zosh:1"),
            ("requires org=701", "the script is for organisation 701, and 'acme' is Acme (700, eu)", "s.zosh:1"),
            (
                "requires org=700 dc=us",
                "the script is for organisation 700, data centre us, and 'acme' is Acme (700, eu)", "s.zosh:1"
            ),
            (
                "requires connection=globex", "the script is for connection 'globex', and 'acme' is Acme (700, eu)",
                "s.zosh:1"
            ),
            (
                "requires org=700 environment=sandbox",
                "the script is for organisation 700, sandbox, and 'acme' is Acme (700, eu)", "s.zosh:1"
            ),
        ])
    func refuses(_ header: String, _ problem: String, _ place: String) async throws {
        let rig = try await run(header)
        #expect(rig.seen.errors.map(\.problem) == [problem])
        #expect(rig.seen.places == [place])
        #expect(!rig.seen.rows.contains { $0["value"] == "ran" })
    }

    private static let alone = "'requires' must be on a line by itself"
    private static let first = "'requires' must be the first line and appear once"

    @Test(
        "a header that could be passed over is a mistake, told before anything runs",
        arguments: [
            ("requires connection=globex ; users update 1 city=X --yes", alone, 1),
            ("requires connection=globex || users deactivate 1 --yes", alone, 1),
            ("probe a; requires org=700", alone, 1), ("let x = requires org=700", alone, 1),
            ("requires org=700 | count", alone, 1),
            ("people | each { requires org=700 }", alone, 1), ("alias r = requires org=701\nr", first, 2),
            ("requires zosh=0.1\nrequires connection=globex", first, 2), ("probe a\nrequires org=701", first, 2),
            ("param n: number = 1\nrequires org=700", first, 2),
            ("requires zosh=0.1\n\n\nprobe a\nrequires connection=globex; probe b", alone, 5),
        ])
    func misplaced(_ header: String, _ problem: String, _ line: Int) async throws {
        for options in ["", "--keep-going", "--check", "--map"] {
            let rig = try await run(header, options)
            #expect(rig.seen.errors.map(\.problem) == [problem])
            #expect(rig.seen.places == ["s.zosh:\(line)"])
            #expect(rig.seen.rows.isEmpty && rig.seen.changes.isEmpty)
        }
    }

    @Test(
        "a header that says no ends a text wherever it is run",
        arguments: [
            "requires org=701\nprobe ran", "source s.zosh; probe ran", "source s.zosh || probe ran",
            "replay outer.zosh --keep-going", "source s.zosh\nprobe ran",
        ])
    func ends(_ text: String) async throws {
        let files = [
            "s.zosh": "requires org=701\nprobe ran\n", "outer.zosh": "source s.zosh || probe ran\nprobe ran\n",
        ]
        let rig = Rig(files: files)
        let result = try await rig.run(text)
        #expect(result.status == .failed)
        #expect(rig.seen.errors.map(\.problem) == ["this is not organisation 701"])
        #expect(rig.seen.rows.isEmpty)
    }

    @Test("the header chooses the connection when none is chosen, for the script alone")
    func chooses() async throws {
        let session = Session()
        _ = try await run("requires connection=acme", session: session)
        #expect(await session.connectionName == nil)
    }

    @Test("with --map ids of an unknown organisation and people who are not here are told first")
    func maps() async throws {
        let rig = Rig(files: [
            "s.zosh":
                "requires org=701\nprobe ran\nusers lookup ada@nowhere.test 4150868000000411001\nusers deactivate "
                + "bob@nowhere.test\n"
        ])
        let result = try await rig.run("replay s.zosh --map")
        #expect(result.status == .failed)
        #expect(rig.seen.rows.isEmpty)
        #expect(
            rig.seen.errors.map(\.problem) == [
                "no user matches 'ada@nowhere.test' in Acme (eu)",
                "the id 4150868000000411001 means nothing in Acme (eu)",
                "no user matches 'bob@nowhere.test' in Acme (eu)",
            ])
        let named = Rig(files: [
            "s.zosh": "requires org=701\nprobe ran\nusers lookup ada@nowhere.test\nusers deactivate bob@nowhere.test\n"
        ])
        try await named.run("replay s.zosh --map")
        #expect(named.seen.places == ["s.zosh:3", "s.zosh:4"])
        #expect(named.seen.errors.first?.problem == "no user matches 'ada@nowhere.test' in Acme (eu)")
        #expect(named.seen.rows.isEmpty)
    }
}
