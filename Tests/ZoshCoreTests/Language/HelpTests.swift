import Testing
import ZoshKit

@testable import ZoshCore

struct HelpTests {
    private func page(_ text: String) async throws -> [String] {
        let rig = Rig()
        try await rig.run(text)
        #expect(rig.seen.errors.isEmpty)
        return try #require(rig.seen.pages.first)
    }

    @Test("help lists every command of every module")
    func overview() async throws {
        let page = try await page("help")
        let registry = try Rig().interpreter().registry
        for entry in registry.entries {
            #expect(page.contains { $0.hasPrefix("  \(entry.signature.name)") && $0.contains(entry.signature.summary) })
        }
    }

    @Test("help about a command is its signature")
    func command() async throws {
        let page = try await page("help users update").joined(separator: "\n")
        for part in [
            "users update [USER…]", "field=value", "--dry-run", "--at-most number", "ZohoCRM.users.UPDATE",
            "asks first",
        ] {
            #expect(page.contains(part))
        }
        #expect(try await self.page("help users get") == self.page("help users lookup"))
        #expect(try await self.page("help let").contains("  let NAME = PIPELINE"))
        #expect(try await self.page("help each").contains("  each { … }"))
        #expect(try await self.page("help where").contains { $0.contains("created_time > 30d ago") })
    }

    @Test("help about a group lists it, help exit-status lists the contract")
    func groups() async throws {
        #expect(try await page("help users").filter { $0.hasPrefix("  users ") }.count == 4)
        #expect(try await page("help exit-status").count == 11)
    }

    @Test("help is rows for programs and in a pipe, and JSON on request")
    func programs() async throws {
        let rig = Rig()
        try await rig.run("help | where command == count | select summary; set format json; help exit-status")
        #expect(rig.seen.rows.first == ["summary": "Count the rows"])
        #expect(rig.seen.rows.count == 11 && rig.seen.pages.isEmpty)
        try await rig.run("help users list --json")
        let text = try #require(rig.seen.pages.first?.joined())
        let document = try JSONReader.value(of: text)
        let command = document["commands"].list?.first
        #expect(command?["name"] == "users list")
        #expect(command?["parameters"].list?.first?["choices"].list?.count == 10)
    }

    @Test(
        "help about nothing known suggests",
        arguments: [("help usres", "did you mean 'users'?"), ("help users lits", "did you mean 'users list'?")])
    func unknown(text: String, remedy: String) async throws {
        let rig = Rig()
        #expect(try await rig.run(text).status == .usage)
        #expect(rig.seen.errors.map(\.remedy) == [remedy])
    }

    @Test("explain tells every documented code, however it is written")
    func explain() async throws {
        for guide in ErrorGuide.all {
            let rig = Rig()
            try await rig.run("explain \(Syntax.quoted(guide.code))")
            #expect(rig.seen.pages.first?.first == "\(guide.code): \(guide.meaning)")
        }
        let rig = Rig()
        try await rig.run("explain INVALID_DTA")
        #expect(rig.seen.errors.map(\.remedy) == ["did you mean 'INVALID_DATA'?"])
        try await rig.run("explain | count")
        #expect(rig.seen.rows == [["count": .integer(Int64(ErrorGuide.all.count))]])
    }

    @Test("every example of the language's own commands is a line without a mistake")
    func examples() async throws {
        let rig = Rig()
        let interpreter = try rig.interpreter()
        for entry in interpreter.registry.entries where entry.owner == "language" {
            for example in entry.command.examples {
                let errors = await interpreter.check(example.line)
                // The tests' own 'users list' is smaller than the real one.
                #expect(errors.allSatisfy { $0.problem.contains("has no option") }, "\(example.line)")
            }
        }
    }
}
