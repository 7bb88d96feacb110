import Testing
import ZoshKit

@testable import ZoshCore

/// `on`: one command, several connections.
struct FanOutTests {
    private static func connection(_ name: String, tags: [String] = []) -> ConnectionSummary {
        var summary = Rig.acme
        summary.name = name
        summary.orgID = "7-\(name)"
        summary.tags = tags
        return summary
    }

    private func rig(broken: Set<String> = [], writer: LivingOrganisation? = nil, files: [String: String] = [:]) -> Rig
    {
        Rig(
            files: files,
            others: [Self.connection("globex", tags: ["client"]), Self.connection("initech", tags: ["client"])],
            broken: broken, writer: writer)
    }

    @Test(
        "rows come connection by connection, under its name",
        arguments: [
            ("on all people", ["acme", "globex", "initech"]), ("on globex,acme people", ["globex", "acme"]),
            ("on tag:client people", ["globex", "initech"]),
            ("on acme,all,acme people", ["acme", "globex", "initech"]),
            ("let who = 'globex,acme'; on $who people", ["globex", "acme"]),
        ])
    func order(line: String, names: [String]) async throws {
        let rig = rig()
        let result = try await rig.run("\(line) | select connection | unique")
        #expect(result.status == .done, "\(rig.seen.errors)")
        #expect(rig.seen.rows.map { $0["connection"]?.text } == names)
    }

    @Test("later stages see all rows")
    func merged() async throws {
        let rig = rig()
        try await rig.run("on all people | group connection")
        #expect(Set(rig.seen.rows.compactMap { $0["count"] }) == [.integer(Int64(World.people.count))])
        #expect(rig.seen.rows.count == 3)
    }

    @Test(
        "a connection that fails is named and costs the others nothing",
        arguments: [
            (["globex"], ZoshKit.ExitStatus.partial, 2), (["acme", "globex", "initech"], .unavailable, 0),
        ] as [(Set<String>, ZoshKit.ExitStatus, Int)])
    func failing(broken: Set<String>, status: ZoshKit.ExitStatus, count: Int) async throws {
        let rig = rig(broken: broken)
        let result = try await rig.run("on all people limit=1 | select connection | unique")
        #expect(result.status == status)
        #expect(rig.seen.rows.count == count)
        let names = ["acme", "globex", "initech"].filter(broken.contains).joined(separator: ", ")
        #expect(rig.seen.notes.contains("\(names): no route to host; try again"))
    }

    @Test(
        "mistakes are told before anything runs",
        arguments: [
            ("on", "'on' needs connections and a command"), ("on all", "'on' needs connections and a command"),
            ("on all where a == 1", "'where' needs rows to work on"),
            ("on all probe x", "'on' runs commands that speak to Zoho"),
            ("on nowhere people", "there is no connection 'nowhere'"),
            ("on tag:none people", "no connection has the tag 'none'"),
            ("on all nosuch", "there is no command 'nosuch'"),
            ("people | on all people", "'on' cannot read from a pipe"),
        ])
    func mistakes(line: String, problem: String) async throws {
        let rig = rig()
        let result = try await rig.run(line)
        #expect(rig.seen.errors.map(\.problem) == [problem])
        #expect(result.status == .usage || result.status == .failed)
        #expect(rig.seen.rows.isEmpty)
    }

    @Test("a write passes each connection's own gate, and a reader that stops early leaves none undone")
    func writes() async throws {
        let organisation = LivingOrganisation(["1", "2"])
        let rig = rig(writer: organisation)
        _ = try await rig.run("on all users update 2 city=Bern --yes | first 1")
        // The three connections share one organisation here: the second and third find it done.
        #expect(rig.seen.rows.count == 1)
        #expect(await organisation.performed == ["update 2"])
        let more = self.rig(writer: organisation)
        _ = try await more.run("on all users update 2 city=Rome --yes | select connection, outcome")
        #expect(more.seen.rows.map { $0["outcome"]?.text } == ["done", "unchanged", "unchanged"])
    }
}
