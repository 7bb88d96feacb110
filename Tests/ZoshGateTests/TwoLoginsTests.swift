import Testing
import ZoshKit

@testable import ZoshGate

/// Two connections to one organisation: each has its own job of a line, also after the process was killed.
struct TwoLoginsTests {
    private static let yes = WriteOptions(yes: true)

    private static func connection(_ name: String, _ user: String) -> ConnectionSummary {
        var connection = Gate.acme
        (connection.name, connection.userID, connection.email) = (name, user, "\(name)@acme.example")
        return connection
    }

    private static func changes(_ ids: String...) -> [Change] { ids.map { Gate.update($0, ["city": "Bern"]) } }

    /// What is on the disk when the process is killed at the first request of the second connection.
    private func killed(_ first: ConnectionSummary, _ second: ConnectionSummary) async throws -> Shelf {
        let shelf = Shelf()
        let world = Organisation(["2", "3"].map { Gate.person($0) }, answers: [.failed(ZoshError(.network, "gone"))])
        let attempt = try await Attempt(on: shelf)
        _ = try await attempt.apply(
            Self.changes("2", "3"), to: world, write: Self.yes, through: first, endsLine: false)
        let other = Organisation(["4", "5"].map { Gate.person($0) }, answers: [.failed(ZoshError(.network, "gone"))])
        _ = try await attempt.apply(
            Self.changes("4", "5"), to: other, write: Self.yes, through: second, unit: 1, endsLine: false)
        return await shelf.afterKill
    }

    @Test(
        "a resumed line goes on with the job of each connection",
        arguments: [
            [("a", "1"), ("b", "2")], [("b", "2"), ("a", "1")], [("a", "1"), ("b", "1")], [("b", "1"), ("a", "1")],
        ])
    func resumed(order: [(String, String)]) async throws {
        let (a, b) = (Self.connection("a", "1"), Self.connection("b", order.contains { $0.1 == "2" } ? "2" : "1"))
        let shelf = try await killed(a, b)
        #expect(await shelf.items.values.map { $0.header.string("connection") }.count == 2)
        let attempt = try await Attempt(on: shelf)
        for (name, user) in order {
            let ids = name == "a" ? ["2", "3"] : ["4", "5"]
            _ = try await attempt.apply(
                ids.map { Gate.update($0, ["city": "Bern"]) }, to: Organisation(ids.map { Gate.person($0) }),
                write: Self.yes, through: Self.connection(name, user), unit: name == "a" ? 0 : 1,
                endsLine: name == order.last?.0)
        }
        for number in [1, 2] {
            let job = try await attempt.history.job(number)
            #expect(job.state == .done && job.counts == ["done": 2], "\(job)")
            let ids = try await attempt.history.rows(of: number).map { $0.string("id") }
            #expect(ids == (job.connection == "a" ? ["2", "3"] : ["4", "5"]))
        }
        #expect(await shelf.items.count == 2)
    }

    @Test("a connection that was renamed since goes on with its job")
    func renamed() async throws {
        let shelf = try await killed(Self.connection("a", "1"), Self.connection("b", "2"))
        let attempt = try await Attempt(on: shelf)
        _ = try await attempt.apply(
            Self.changes("2", "3"), to: Organisation(["2", "3"].map { Gate.person($0) }), write: Self.yes,
            through: Self.connection("other", "1"))
        #expect(try await attempt.history.job(1).state == .done)
        #expect(await shelf.items.count == 2)
    }
}
