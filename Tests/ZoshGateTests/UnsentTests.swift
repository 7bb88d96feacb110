import Testing
import ZoshGate
import ZoshKit

/// Changes that cannot leave, because Zoho is out of reach or the login has ended, are not over: they wait for a
/// resume.
struct UnsentTests {
    private static let gone = ZoshError(.network, "cannot reach www.zohoapis.eu: connection refused")

    private static func updates(_ count: Int) -> ([Row], [Change]) {
        let ids = (2..<(2 + count)).map(String.init)
        return (ids.map { Gate.person($0) }, ids.map { Gate.update($0, ["city": "Bern"]) })
    }

    @Test(arguments: [
        (gone, ZoshKit.ExitStatus.unavailable), (ZoshError(.rateLimited, "Zoho is rate-limiting us"), .unavailable),
        (ZoshError(.auth, "the login has ended", remedy: "auth login"), .auth),
    ])
    func `nothing more is sent once nothing can be`(error: ZoshError, status: ZoshKit.ExitStatus) async throws {
        let (people, changes) = Self.updates(4)
        let world = Organisation(people, answers: [.done(id: "2", message: nil), .failed(error)])
        let (rows, outcome) = try await Gate.apply(changes, to: world)
        #expect(await world.performed.count == 2)
        #expect(rows.map { $0.string("outcome") } == ["done", "not started", "not started", "not started"])
        #expect(rows[1...].allSatisfy { $0.string("message") == error.problem })
        #expect(outcome.failed == 0)
        #expect(outcome.status == status)
        #expect(outcome.notes.contains { $0.contains(error.problem) })
    }

    @Test func `a lone change has failed`() async throws {
        let (people, changes) = Self.updates(1)
        let world = Organisation(people, answers: [.failed(Self.gone)])
        let (rows, outcome) = try await Gate.apply(changes, to: world)
        #expect(rows.map { $0.string("outcome") } == ["failed"])
        #expect(outcome.failed == 1)
    }
}
