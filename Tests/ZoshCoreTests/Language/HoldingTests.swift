import Synchronization
import Testing
import ZoshKit

@testable import ZoshCore

/// Stages that hold rows: what they give must not depend on how much memory they may use.
struct HoldingTests {
    /// Keeps chunks, and counts them.
    final class Chunks: SpillStore, Spill {
        private let kept = Mutex<[[UInt8]]>([])
        let limit: Int

        init(limit: Int = .max) { self.limit = limit }

        var count: Int { kept.withLock { $0.count } }
        func make() throws -> any Spill { self }

        func append(_ chunk: [UInt8]) throws -> Int {
            try kept.withLock { kept in
                guard kept.count < limit else { throw ZoshError(.local, "no space is left") }
                kept.append(chunk)
                return kept.count - 1
            }
        }

        func read(_ number: Int) throws -> [UInt8] { kept.withLock { $0[number] } }
    }

    private struct Random: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 11 ^ state << 21
        }
    }

    private static func people(_ count: Int, seed: UInt64) -> [Row] {
        var random = Random(state: seed)
        let names = ["Ada", "ada", "Zoë", "", "Kurt\u{0}x", "10", "9", "2026-01-31", "山田"]
        return (0..<count).map { index in
            var row: Row = [
                "id": .string(String(index)), "name": .string(names.randomElement(using: &random) ?? ""),
                "age": Bool.random(using: &random)
                    ? .integer(Int64.random(in: -3...3, using: &random)) : .decimal("1.5"),
                "tags": .list([.bool(true), nil, .string("x")]),
            ]
            if Bool.random(using: &random) {
                row["role"] = .row(["name": .string(names.randomElement(using: &random) ?? "")])
            }
            if Int.random(in: 0...9, using: &random) == 0 { row["role"] = .null }
            return row
        }
    }

    private static let stages = [
        "sort name, -age", "sort -name", "sort role.name desc, id", "sort age, -role.name, name", "group name",
        "group role.name, age", "group id",
        "unique name", "unique", "unique role.name, age", "assert id != null", "assert count == 3000",
    ]

    @Test("a stage that spills gives what one that does not gives", arguments: stages)
    func same(stage: String) async throws {
        let world = World(Self.people(3000, seed: 11))
        let whole = Rig(world)
        try await whole.run("people | \(stage)")
        let chunks = Chunks()
        var tools = Tools(spills: chunks)
        tools.holding.budget = 2000
        let spilling = Rig(world, tools: tools)
        try await spilling.run("people | \(stage)")
        #expect(whole.seen.errors.isEmpty && spilling.seen.errors.isEmpty)
        #expect(!whole.seen.rows.isEmpty)
        #expect(spilling.seen.rows == whole.seen.rows)
        let isSmall = ["unique name", "group name", "unique role.name, age", "group role.name, age"].contains(stage)
        #expect(isSmall || chunks.count > 3, "nothing was spilled")
    }

    @Test("a disk that is full ends the line with what happened")
    func full() async throws {
        var tools = Tools(spills: Chunks(limit: 2))
        tools.holding.budget = 2000
        let rig = Rig(World(Self.people(3000, seed: 3)), tools: tools)
        #expect(try await rig.run("people | sort name").status == .failed)
        #expect(rig.seen.errors.map(\.problem) == ["no space is left"])
        #expect(rig.seen.rows.isEmpty)
    }

    @Test("rows as bytes are the same rows")
    func coding() {
        let coder = RowCoder()
        var rows = Self.people(200, seed: 5)
        rows += [
            Row(), ["a": nil], ["n": .integer(.min), "m": .integer(.max), "z": 0, "k": .integer(-1)],
            ["d": .decimal("1e999"), "e": .decimal("-0.50")],
            ["deep": .list([.list([]), .row(["x": .row(Row())]), .bool(false)])],
            ["t": .string(String(repeating: "é", count: 300))],
        ]
        for row in rows {
            var bytes: [UInt8] = []
            coder.encode(row, into: &bytes)
            #expect(bytes.withUnsafeBytes { coder.row($0) } == row)
        }
    }

    @Test("records with the same key keep their order across runs")
    func stable() throws {
        var holding = Holding(spills: Chunks())
        holding.budget = 500
        var sorter = ExternalSorter(holding)
        for number in 0..<2000 {
            try sorter.add {
                $0.append(UInt8(number % 7))
            } payload: {
                SortKey.append(UInt64(number), to: &$0)
            }
        }
        var found: [Int] = []
        while let number = try sorter.next({ key, payload in
            Int(key[0]) * 10_000 + Int(UInt64(bigEndian: payload.loadUnaligned(as: UInt64.self)))
        }) {
            found.append(number)
        }
        #expect(found == (0..<2000).map { ($0 % 7) * 10_000 + $0 }.sorted())
    }
}
