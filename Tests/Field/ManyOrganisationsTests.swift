import Testing
import ZoshKit

@testable import ZoshCore

/// Thirty organisations that say the same are three names and a count.
@Suite("What many organisations say")
struct ManyOrganisationsTests {
    private func legs(_ count: Int, _ rows: @escaping @Sendable (Int) throws -> RowStream) -> [FanOutRows.Leg] {
        (1...count).map { number in FanOutRows.Leg(name: "org\(number)") { try rows(number) } }
    }

    private func outcome(_ legs: [FanOutRows.Leg]) async throws -> RowOutcome {
        let rows = FanOutRows(legs, atOnce: 4, finishes: false, through: NoQuestions())
        while try await rows.next() != nil {}
        return await rows.outcome()
    }

    @Test(
        "A user who is in few of them is found there, and the others are counted",
        arguments: [
            (
                32, 2,
                "found in 2 of 32 organisations, not in org3, org4, org5 and 27 more: no such user: ada@example.com; "
                    + "users find ada"
            ),
            (
                5, 1,
                "found in 1 of 5 organisations, not in org2, org3, org4 and 1 more: no such user: ada@example.com; "
                    + "users find ada"
            ),
            (3, 1, "org2, org3: no such user: ada@example.com; users find ada"),
        ])
    func absences(total: Int, found: Int, note: String) async throws {
        let outcome = try await outcome(
            legs(total) { number in
                guard number > found else { return RowStream(rows: [["id": "1"]]) }
                throw ZoshError(.notFound, "no such user: ada@example.com", remedy: "users find ada")
            })
        #expect(outcome.notes == [note])
        #expect(outcome.status == .partial)
    }

    @Test("What a look-up did not find is told once for all of them")
    func missing() async throws {
        let outcome = try await outcome(
            legs(32) { number in
                RowStream(
                    rows: number < 3 ? [["id": "1"]] : [],
                    outcome: RowOutcome(missing: number < 3 ? ["b@x"] : ["a@x", "b@x"]))
            })
        #expect(
            outcome.missing == [
                "b@x (in 0 of 32 organisations; not in org1, org2, org3 and 29 more)",
                "a@x (in 2 of 32 organisations; not in org3, org4, org5 and 27 more)",
            ])
    }

    @Test("Different troubles stay apart, and all failing is a failure")
    func different() async throws {
        let outcome = try await outcome(
            legs(6) { number in
                throw ZoshError(.network, number == 1 ? "no route to host" : "Zoho is unavailable")
            })
        #expect(
            outcome.notes == [
                "org1: no route to host", "org2, org3, org4 and 2 more (5 of 6 organisations): Zoho is unavailable",
            ])
        #expect(outcome.status == .unavailable)
    }
}

/// Nobody is asked by what only reads.
private struct NoQuestions: Console {
    func note(_ text: String) {}
    func ask(_ prompt: String) async throws -> String { throw ZoshError(.cancelled, "no answers here") }
    func confirm(_ question: ZoshKit.Confirmation) async throws -> Bool { false }
}
