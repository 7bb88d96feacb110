import Testing
import ZoshKit

@testable import Audit

/// Which entries of Zoho's audit log zosh's own accounts for.
@Suite struct OwnChangesTests {
    private static let connection = ConnectionSummary(
        name: "acme", orgName: "Acme", orgID: "9", dataCentre: "eu", environment: .production, email: "me@acme.example",
        userID: "1", apiDomain: "https://www.zohoapis.eu", scopes: [])

    private static func change(_ verb: String, _ id: String?, _ subject: String = "ada", outcome: String? = nil)
        -> Value
    {
        var row: Row = ["subject": .string(subject), "id": Value(id), "action": .string(verb)]
        row["resource"] = "users"
        row["verb"] = .string(verb)
        if let outcome { row["outcome"] = .string(outcome) }
        return .row(row)
    }

    private static func line(
        _ number: Int64, at minute: Int64, begun: Int64? = nil, zgid: String = "9", _ changes: [Value]
    ) -> Row {
        var row: Row = [
            "number": .integer(number), "at": .string(Timestamp.rfc3339(minute * 60)), "zgid": .string(zgid),
            "dc": "eu",
            "environment": "production",
        ]
        if let begun { row["begun"] = .integer(begun) }
        row["changes"] = .list(changes)
        return row
    }

    private static func entry(_ action: String, _ id: String?, at minute: Int64, _ subject: String = "ada") -> Row {
        [
            "at": .string(Timestamp.rfc3339(minute * 60)), "who": "x", "action": .string(action), "module": "Users",
            "subject": .string(subject), "id": Value(id),
        ]
    }

    private func missing(_ lines: [Row], _ entries: [Row]) -> [Int] {
        let own = OwnChanges(lines, on: Self.connection)
        let left = own.missing(from: entries)
        return entries.indices.filter { left.contains(entries[$0]) }
    }

    @Test func `what is kept for later accounts for nothing`() {
        var waiting = Self.line(1, at: 100, [Self.change("update", "5")])
        waiting["until"] = "2026-12-31T16:00:00+00:00"
        #expect(missing([waiting], [Self.entry("Updated", "5", at: 101)]) == [0])
    }

    @Test func `a change accounts for one entry of its record, kind and time`() {
        let lines = [
            Self.line(1, at: 100, [Self.change("update", "5")]), Self.line(2, at: 110, begun: 1, []),
        ]
        #expect(missing(lines, [Self.entry("Updated", "5", at: 105)]) == [])
        #expect(missing(lines, [Self.entry("Updated", "5", at: 91)]) == [], "clocks may differ")
        #expect(missing(lines, [Self.entry("Updated", "5", at: 89)]) == [0])
        #expect(missing(lines, [Self.entry("Updated", "5", at: 121)]) == [0])
        #expect(missing(lines, [Self.entry("Deleted", "5", at: 105)]) == [0])
        #expect(missing(lines, [Self.entry("Updated", "6", at: 105)]) == [0])
        #expect(
            missing(lines, [Self.entry("Updated", "5", at: 104), Self.entry("Updated", "5", at: 105, "again")]) == [1],
            "somebody else did it too")
        #expect(missing(lines, [Self.entry("Updated", nil, at: 105, "ADA")]) == [], "by name where there is no id")
    }

    @Test func `what was not done accounts for nothing, what nobody is sure of does`() {
        for (outcome, isListed) in [("refused", true), ("failed", true), ("not started", true), ("unverified", false)] {
            let lines = [
                Self.line(1, at: 100, [Self.change("update", "5")]),
                Self.line(2, at: 110, begun: 1, [Self.change("update", "5", outcome: outcome)]),
            ]
            #expect(missing(lines, [Self.entry("Updated", "5", at: 105)]) == (isListed ? [0] : []), "\(outcome)")
        }
    }

    @Test func `a new record is known by the id it was given`() {
        let lines = [
            Self.line(1, at: 100, [Self.change("create", nil)]),
            Self.line(2, at: 101, begun: 1, [Self.change("create", "7", outcome: "done")]),
        ]
        #expect(missing(lines, [Self.entry("Added", "7", at: 100, "Ada Lovelace")]) == [])
        #expect(missing(lines, [Self.entry("Added", "8", at: 100, "Ada Lovelace")]) == [0])
    }

    @Test func `a line without an end counts for an hour, and one of another organisation not at all`() {
        let lines = [Self.line(1, at: 100, [Self.change("update", "5")])]
        #expect(missing(lines, [Self.entry("Updated", "5", at: 150)]) == [])
        #expect(missing(lines, [Self.entry("Updated", "5", at: 200)]) == [0])
        let elsewhere = [Self.line(1, at: 100, zgid: "8", [Self.change("update", "5")])]
        #expect(missing(elsewhere, [Self.entry("Updated", "5", at: 100)]) == [0])
    }
}
