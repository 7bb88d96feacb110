import Testing
import ZoshKit

@testable import ZoshCore

@Suite("--at-most")
struct LineLimitTests {
    private func tried(
        _ line: String, files: [String: String] = [:], atMost: Int? = nil, isTyped: Bool = false
    ) async throws -> (
        performed: [String], problems: [String]
    ) {
        let organisation = LivingOrganisation(["1", "2", "3", "4"])
        let session = Session(
            {
                var settings = Session.Settings()
                settings.atMost = atMost
                return settings
            }())
        let others = ["globex", "initech"].map { name in
            var other = Rig.acme
            other.name = name
            return other
        }
        let rig = Rig(files: files, session: session, others: others, writer: organisation)
        for text in isTyped ? line.split(separator: "\n").map(String.init) : [line] {
            try await rig.run(text, interactive: isTyped)
        }
        return (await organisation.performed, rig.seen.errors.map(\.problem) + rig.seen.notes)
    }

    @Test(
        "counts over the whole line: loops, connections and commands one after the other",
        arguments: [
            ("people | each { users update $it.id city=Bern --yes }", 2, 0),
            ("people | each { users update $it.id city=Bern --yes --at-most 1 }", nil, 0),
            ("people | each { users lookup $it.id | users update city=Bern --yes --at-most 1 }", nil, 0),
            ("people | each { users lookup $it.id && users update $it.id city=Bern --yes --at-most 1 }", nil, 0),
            ("people | each { users lookup $it.id | each { users update $it.id city=Bern --yes } }", 2, 2),
            ("on all users update 2 3 city=Bern --yes", 3, 0),
            ("on all users update 2 3 city=Bern --yes --at-most 3", nil, 0),
            ("let r = on all users update 2 3 city=Bern --yes --at-most 3", nil, 0),
            ("on all users update 2 3 city=Bern --yes --at-most 3 | first 1", nil, 0),
            ("users update 4 city=Bern --yes; on all users update 2 city=Bern --yes", 3, 1),
            ("open ids.csv | each { on all users update $it.id city=Bern --yes --at-most 4 }", nil, 1),
            ("users update 2 city=Bern --yes; users update 3 city=Bern --yes; users update 4 city=Bern --yes", 2, 2),
            ("users update 2 3 city=Bern --yes && users update 4 city=Bern --yes --at-most 2", nil, 2),
            ("users update 2 3 4 city=Bern --yes", 2, 0),
            // Lines that nobody types count together.
            ("users update 2 city=Bern --yes\nusers update 3 city=Bern --yes", 1, 1),
            ("on all users update 2 city=Bern --yes\nusers update 3 city=Bern --yes", 3, 1),
            // What a line allows is no more than what the process was started with.
            ("users update 2 3 4 city=Bern --yes --at-most 3", 2, 0),
            ("users update 2 3 4 city=Bern --yes --at-most 2", 3, 0),
        ])
    func limits(line: String, ceiling: Int?, performed: Int) async throws {
        let result = try await tried(line, files: ["ids.csv": "id\n1\n2\n3\n4\n"], atMost: ceiling)
        #expect(result.performed.count == performed, "\(result.performed)")
        #expect(result.problems.contains { $0.contains("--at-most allows") }, "\(result.problems)")
    }

    @Test("the ceiling holds for each line that is typed")
    func typed() async throws {
        let result = try await tried(
            "users update 2 city=Bern --yes\nusers update 3 city=Bern --yes", atMost: 1, isTyped: true)
        #expect(result.performed == ["update 2", "update 3"], "\(result.problems)")
    }

    @Test(
        "after a refusal nothing of the line writes, also what would fit",
        arguments: [
            ("users update 2 3 4 city=Bern --yes --at-most 2; users update 4 city=Bern --yes --at-most 2", nil, 0),
            ("users update 2 3 4 city=Bern --yes --at-most 2 || users update 4 city=Bern --yes", nil, 0),
            ("on all users update 2 3 city=Bern --yes --at-most 3; users update 2 city=Bern --yes", nil, 0),
            (
                "people | each { users lookup $it.id | each { users update $it.id city=Bern --yes } }; users update 1 "
                    + "city=Oslo --yes", 2, 2
            ),
            ("people | each { users update $it.id city=Bern --yes }; users update 1 city=Oslo --yes", 2, 0),
            ("source clean.zosh; users update 4 city=Bern --yes", 1, 0),
        ])
    func latched(line: String, ceiling: Int?, performed: Int) async throws {
        let result = try await tried(
            line, files: ["clean.zosh": "users update 2 3 city=Bern --yes\n"], atMost: ceiling)
        #expect(result.performed.count == performed, "\(result.performed)")
        #expect(result.problems.filter { $0.contains("--at-most") }.count > 1, "\(result.problems)")
    }

    @Test("a fan-out that fits is written, each connection in its turn, also where one of them fails")
    func fitting() async throws {
        let fits = try await tried("on all users update 2 3 city=Bern --yes --at-most 6")
        #expect(fits.performed == ["update 2", "update 3"] && fits.problems.isEmpty, "\(fits)")
        let gone = try await tried("on all users update 2 nosuch city=Bern --yes --at-most 9")
        #expect(!gone.problems.contains { $0.contains("--at-most") }, "\(gone)")
    }

    @Test("a loop says how many were let through")
    func loops() async throws {
        let result = try await tried(
            "people | each { users lookup $it.id | each { users update $it.id city=Bern --yes --at-most 3 } }")
        #expect(
            result.problems == [
                "4 users would change on this line; --at-most allows 3; 3 were let through, the rest was not "
                    + "started"
            ])
    }

    @Test(
        "the same person twice counts once",
        arguments: [
            ("users update 2 city=Bern --yes; users update 2 city=Rome --yes", 1, 2),
            ("people | each { users update $it.id city=Bern --yes }", 4, 4),
        ])
    func allowed(line: String, ceiling: Int, performed: Int) async throws {
        let result = try await tried(line, atMost: ceiling)
        #expect(result.performed.count == performed && result.problems.isEmpty, "\(result)")
    }

    @Test("a script's lines count by themselves for their own options, together for the session's")
    func scripts() async throws {
        let script = [
            "clean.zosh": "users update 2 3 city=Bern --yes --at-most 2\nusers update 4 city=Bern --yes --at-most 1\n"
        ]
        #expect(try await tried("source clean.zosh", files: script).performed.count == 3)
        let plain = ["clean.zosh": "users update 2 3 city=Bern --yes\nusers update 4 city=Bern --yes\n"]
        #expect(try await tried("source clean.zosh", files: plain, atMost: 2).performed.count == 2)
    }

    @Test(
        "what a script changed in all is not said to be of one line",
        arguments: [
            ("source clean.zosh", "3 users would change in this run; --at-most allows 2"),
            ("replay clean.zosh", "3 users would change in this run; --at-most allows 2"),
            ("source loop.zosh", "3 users would change on this line; --at-most allows 2"),
            ("users update 2 3 city=Bern --yes; users update 4 city=Bern --yes", "on this line; --at-most allows 2"),
        ])
    func places(line: String, problem: String) async throws {
        let files = [
            "clean.zosh": "users update 2 3 city=Bern --yes\nusers update 4 city=Bern --yes\n",
            "loop.zosh":
                "users list | first 3 | each { users lookup $it.id | each { users update $it.id city=Bern --yes "
                + "--at-most 2 } }\n",
        ]
        let result = try await tried(line, files: files, atMost: 2)
        #expect(result.performed.count == 2)
        #expect(result.problems.contains { $0.contains(problem) }, "\(result.problems)")
    }
}
