import Glibc
import Testing
import ZoshKit

@testable import ZoshCore

struct SavedViewsTests {
    @Test("a view lasts into the next session, beside the others, until it is forgotten")
    func lasting() async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/views.json"
        let first = SavedViews(at: path)
        #expect(first.columns(for: "users list") == nil)
        try await first.set(["email", "role.name"], for: "users list")
        try await first.set(["id"], for: "orgs list")
        let second = SavedViews(at: path)
        #expect(second.columns(for: "users list") == ["email", "role.name"])
        try await second.set(nil, for: "users list")
        let third = SavedViews(at: path)
        #expect(third.columns(for: "users list") == nil && third.columns(for: "orgs list") == ["id"])
        var info = stat()
        #expect(stat(path, &info) == 0 && info.st_mode & 0o777 == 0o600)
    }

    @Test("a file that is none is told when views are set or listed, and stops no table")
    func broken() async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/views.json"
        let file = try #require(fopen(path, "w"))
        fputs("[oops", file)
        fclose(file)
        let views = SavedViews(at: path)
        #expect(views.columns(for: "users list") == nil)
        await #expect(throws: ZoshError.self) { try await views.set(["id"], for: "users list") }
    }

    @Test("set columns --for names a command, and lists what is saved")
    func setting() async throws {
        let views = SavedViews(at: nil)
        let rig = Rig(tools: Tools(views: views))
        try await rig.run("set columns email,role.name --for 'users list'")
        #expect(views.columns(for: "users list") == ["email", "role.name"])
        #expect(await rig.session.settings.columns.isEmpty)
        try await rig.run("set columns")
        #expect(rig.seen.rows.map { $0["setting"]?.text } == ["columns", "columns for users list"])
        try await rig.run("set columns --for people")
        #expect(rig.seen.rows.last == ["setting": "columns for users list", "value": "email,role.name"])
        try await rig.run("set columns auto --for 'users list'")
        #expect(views.columns(for: "users list") == nil)
        #expect(try await rig.run("set columns a --for nosuch").status == .usage)
        #expect(try await rig.run("set format json --for 'users list'").status == .usage)
        #expect(
            rig.seen.errors.map(\.problem) == [
                "there is no command 'nosuch'", "only columns can be set for one command",
            ])
    }

    @Test(
        "rows say whose they are as long as stages only filter and order them",
        arguments: [
            ("people | where id != 9 | sort id | first 2 | unique", "users list"), ("people | select id", nil),
            ("people | group id", nil), ("people | count", nil),
        ] as [(String, String?)])
    func origin(text: String, command: String?) async throws {
        let rig = Rig()
        try await rig.run(text)
        #expect(rig.seen.columns.map(\.command) == [command])
    }
}
