import Testing
import ZoshTesting

/// Zoho keeps twenty grants per person and client and forgets the oldest without a word; zosh says so before.
@Suite("Twenty live grants")
struct TwentyGrantsTests {
    @Test("Warned from the eighteenth, and asked before the twenty-first, which names the one it may end")
    func counted() async throws {
        let stage = try await Stage(["org-count": "21", "users": "1", "login": "no", "interactive": ""])
        for number in 0..<20 {
            // Logins of one second are ordered by name, and here that is the order they came in.
            let name = number < 10 ? "c0\(number)" : "c\(number)"
            let code = await stage.meant(by: "GRANT \(number)")
            let lines = await stage.play("auth login \(name) --self-client", [code])
            #expect(lines.first?.contains("stored as '\(name)'") == true, "\(lines)")
            #expect(
                lines.contains { $0.contains("\(number + 1) of the 20 grants") } == (number >= 17),
                "\(number): \(lines)")
        }
        let declined = await stage.play("auth login c20 --self-client", ["n"])
        #expect(declined.contains { $0.contains("may make Zoho revoke the oldest, 'c00'") }, "\(declined)")
        #expect(declined.last == "=> 1")
        let code = await stage.meant(by: "GRANT 20")
        let accepted = await stage.play("auth login c20 --self-client", ["y", code])
        #expect(accepted.first?.contains("stored as 'c20'") == true, "\(accepted)")
        // Zoho has ended the oldest, as was said.
        _ = await stage.play("use c00", [])
        let evicted = await stage.play("users count type=CurrentUser", [])
        #expect(evicted.contains { $0.contains("no longer accepts the stored login") }, "\(evicted)")
        #expect(
            evicted.contains { $0.contains("pushed out by the 21st login") } && evicted.last == "=> 4", "\(evicted)")
        // A renewal is the twenty-first for a moment too, and pushes out the oldest, which is another one.
        let refused = await stage.play("auth login c05 --self-client", ["n"])
        #expect(
            refused.contains { $0.contains("may make Zoho revoke the oldest, 'c01'") } && refused.last == "=> 1",
            "\(refused)")
        let again = await stage.play("auth login c05 --self-client", ["y", await stage.meant(by: "GRANT 5")])
        #expect(again.first?.contains("renewed as 'c05'") == true, "\(again)")
        _ = await stage.play("use c01", [])
        let second = await stage.play("users count type=CurrentUser", [])
        #expect(second.contains { $0.contains("no longer accepts the stored login") }, "\(second)")
        // Only the oldest itself can be renewed without ending another, and is not asked about.
        for name in ["c00", "c01"] { _ = await stage.play("connections remove \(name) --local --yes", []) }
        _ = await stage.play("auth login c21 --self-client", [await stage.meant(by: "GRANT 0")])
        let oldest = await stage.play("auth login c02 --self-client", [await stage.meant(by: "GRANT 2")])
        #expect(oldest.first?.contains("renewed as 'c02'") == true, "\(oldest)")
        await stage.close()
    }
}
