import Foundation
import Testing
import ZohoEmulator
import ZoshKit

/// Files of hundreds cost the writes they ask for, and little besides.
@Suite("Many rows cost few calls")
struct ManyRowsTests {
    @Test("500 people added from a file: 500 writes, one reading back a hundred, and at most eight calls more")
    func add() async throws {
        let stage = try await Stage(["users": "40"])
        let managers = await stage.play("users list type=ActiveUsers limit=5 | select email", [])
        var lines = ["First Name,Last Name,Email,Role,Profile,Manager,City"]
        for number in 0..<500 {
            lines.append(
                "New,Person \(number),new\(number)@zylker.example,Manager,Standard,\(managers[number % 5]),City "
                    + "\(number)"
            )
        }
        let file = FileManager.default.temporaryDirectory.appending(path: "zosh-many-\(UUID().uuidString).csv")
        defer { try? FileManager.default.removeItem(at: file) }
        try lines.joined(separator: "\r\n").write(to: file, atomically: true, encoding: .utf8)
        stage.emulator.forgetRequests()
        let rows = await stage.play(
            "users add --from '\(file.path)' --yes --at-most 500 | group outcome", [])
        #expect(rows == ["done\t500"], "\(rows)")
        #expect(stage.emulator.requestCount(.createUser) == 500)
        #expect(stage.emulator.requestCount() <= 500 + 5 + 8, "\(Self.counts(stage.emulator))")
        await stage.close()
    }

    @Test("500 people named by e-mail in a file and changed")
    func update() async throws {
        let stage = try await Stage(["users": "520"])
        let emails = await stage.play(
            "users list type=ActiveUsers | where type__s == 'Regular User' | first 300 | select email", [])
        let file = FileManager.default.temporaryDirectory.appending(path: "zosh-many-\(UUID().uuidString).csv")
        defer { try? FileManager.default.removeItem(at: file) }
        try (["Email"] + emails).joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
        stage.emulator.forgetRequests()
        let rows = await stage.play("users update @'\(file.path)' city=Bern --yes --at-most 500 | group outcome", [])
        #expect(rows == ["done\t\(emails.count)"], "\(rows)")
        // Read before and after, a hundred to a call; the directory's three pages, its roles and profiles.
        let readings = 2 * ((emails.count + 99) / 100)
        #expect(
            stage.emulator.requestCount() <= emails.count + readings + 3 + 8, "\(Self.counts(stage.emulator))")
        await stage.close()
    }

    private static func counts(_ emulator: Emulator) -> [String] {
        Route.allCases.compactMap { route in
            let count = emulator.requestCount(route)
            return count > 0 ? "\(route) \(count)" : nil
        }
    }
}
