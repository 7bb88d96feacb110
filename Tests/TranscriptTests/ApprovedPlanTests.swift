import Testing
import ZoshKit

@testable import zosh

/// Two people, each with a store of their own, and one plan.
@Suite("Approved plans")
struct ApprovedPlanTests {
    /// What one line prints on standard output.
    private static func output(_ line: String, on stage: Stage) async -> [String] {
        await stage.play(line, []).filter { !$0.hasPrefix("2>") && !$0.hasPrefix("=>") }
    }

    @Test("a plan goes to somebody else's store, is signed there, comes back and is applied")
    func thereAndBack() async throws {
        let author = try await Stage(["users": "6"])
        let ben = try await Stage(["users": "6", "seed": "8"])
        let key = try #require(await Self.output("approve keys list | select key", on: ben).first)
        let added = await author.play("approve keys add ben \(key) --yes", [])
        #expect(added.first?.contains("done") == true, "\(added)")
        _ = await author.play("connections set acme approvals=1 --yes", [])
        let planned = await author.play("users list | last 1 | users delete --plan HOME/a.plan", [])
        #expect(planned.contains { $0.contains("It needs 1 approval") }, "\(planned)")
        let path = author.path("a.plan")
        #expect(await author.play("apply HOME/a.plan --yes", []).last == "=> 1")
        let signed = await ben.play("approve \(path) --yes", [])
        #expect(signed.first?.contains("signed with key") == true, "\(signed)")
        #expect(signed.contains { $0.contains("planned: ") && $0.contains(": delete") }, "\(signed)")
        // Nobody signs twice, and the signer's own store does not apply what another has made.
        #expect(await ben.play("approve \(path) --yes", []).last == "=> 1")
        #expect(await ben.play("apply \(path) --yes", []).last == "=> 1")
        let applied = await author.play("apply HOME/a.plan --yes", [])
        #expect(applied.first?.contains("done") == true, "\(applied)")
        #expect(applied.contains { $0.contains("Approved by ben") }, "\(applied)")
        let again = await author.play("apply HOME/a.plan --yes", [])
        #expect(again.contains { $0.contains("by job 1") }, "\(again)")
        await author.close()
        await ben.close()
    }

    @Test("approvers do not come with an import, and neither does a second key to sign with")
    func imported() async throws {
        let author = try await Stage(["users": "6"])
        let ben = try await Stage(["users": "6", "seed": "8"])
        let colleague = try await Stage(["users": "3", "seed": "9"])
        // Ben counts his colleague's approvals.
        let carl = try #require(await Self.output("approve keys list | select key", on: colleague).first)
        await colleague.close()
        _ = await ben.play("approve keys add carl \(carl) --yes", [])
        #expect(await Self.output("approve keys list | select name", on: ben).count == 2)
        let own = await Self.output("approve keys list | select fingerprint", on: author)
        _ = await ben.play("vault export HOME/ben.export --with-grants", ["for the road"])
        let said = await author.play("vault import \(ben.path("ben.export"))", ["for the road"])
        #expect(said.contains { $0.contains("signing-key") && $0.contains("not changed") }, "\(said)")
        #expect(await Self.output("approve keys list | select fingerprint", on: author) == own)
        await author.close()
        await ben.close()
    }

    @Test("an approver who is removed does not count")
    func removed() async throws {
        let author = try await Stage(["users": "6"])
        let ben = try await Stage(["users": "6", "seed": "8"])
        let key = try #require(await Self.output("approve keys list | select key", on: ben).first)
        _ = await author.play("approve keys add ben \(key) --yes", [])
        _ = await author.play("connections set acme approvals=1 --yes", [])
        _ = await author.play("users list | last 1 | users delete --plan HOME/a.plan", [])
        _ = await ben.play("approve \(author.path("a.plan")) --yes", [])
        _ = await author.play("approve keys remove ben --yes", [])
        #expect(await author.play("apply HOME/a.plan --yes", []).last == "=> 1")
        await author.close()
        await ben.close()
    }
}
