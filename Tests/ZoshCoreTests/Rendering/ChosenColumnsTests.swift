import Testing
import ZoshCore
import ZoshKit

/// Columns that a line names, and ids, on terminals too narrow for them.
struct ChosenColumnsTests {
    private static let people: [Row] = (0..<4).map { index in
        [
            "full_name": .string("Ada Lovelace \(index)"), "email": .string("ada.lovelace.\(index)@zylker.example"),
            "role": "Sales Representative", "status": "active", "id": .string("415086800000041100\(index)"),
        ]
    }

    private func table(_ names: [FieldPath], chosen: Bool, width: Int) async throws -> String {
        var columns = Columns(names)
        columns.isChosen = chosen
        return try await TableTests.table(
            RowStream(columns, rows: Self.people), OutputTarget(isTerminal: true, width: width))
    }

    @Test(arguments: [200, 120, 80, 79, 60, 59, 50, 40, 30, 21], [true, false])
    func `an id is whole or not there at all`(width: Int, chosen: Bool) async throws {
        for names in [["email", "id"], ["id", "email"], ["full_name", "email", "role", "status", "id"]] as [[FieldPath]]
        {
            let text = try await table(names, chosen: chosen, width: width)
            let whole = Self.people.filter { text.contains($0["id"]?.text ?? "-") }.count
            #expect(whole == Self.people.count || whole == 0, "\(text)")
            #expect(whole == Self.people.count || !text.contains("41508"), "\(text)")
            if chosen { #expect(whole == Self.people.count, "\(text)") }
        }
    }

    @Test func `what was chosen is not to be chosen again`() async throws {
        let names: [FieldPath] = ["email", "full_name", "role", "status"]
        let chosen = try await table(names, chosen: true, width: 40).replacing("\n", with: " ")
        #expect(!chosen.contains("`select`"))
        #expect(chosen.contains("(no room for: "))
        #expect(chosen.contains("--format csv"))
        #expect(try await table(names, chosen: false, width: 40).contains("`select` them"))
        #expect(try await !table(names, chosen: true, width: 200).contains("no room"))
    }
}
