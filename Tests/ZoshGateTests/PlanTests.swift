import Testing
import ZoshKit

@testable import ZoshGate

/// Plans: what would change, in a file, and the same later.
struct PlanTests {
    private static func people(_ count: Int) -> [Row] { (2..<2 + count).map { Gate.person(String($0)) } }

    private static func company(_ count: Int = 4) -> PlannedCompany { PlannedCompany(people(count)) }

    /// The numbers of a seed, the same on every machine.
    private struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    /// Writes of a line, each of other people.
    private static func writes(_ dice: inout Dice, _ ids: [String]) -> [[Change]] {
        let values: [Value] = [.null, "Bern", "Rome"]
        let chunks = stride(from: 0, to: ids.count, by: 3).map { Array(ids[$0..<min($0 + 3, ids.count)]) }
        return chunks.map { ids in
            switch Int.random(in: 0..<4, using: &dice) {
            case 0: return ids.map { Gate.update($0, ["status": "inactive"], action: "deactivate") }
            case 1: return ids.map { Gate.update($0, ["role": "71"], action: "update role") }
            default:
                return ids.map { id in
                    var fields = Row()
                    for name in ["city", "zip"] { fields[name] = values.randomElement(using: &dice) ?? .null }
                    return Gate.update(id, fields, action: "update city, zip")
                }
            }
        }
    }

    @Test("a plan that is applied does what its line would have done, and one row for each", arguments: 0..<60)
    func sameAsTheLine(seed: UInt64) async throws {
        var dice = Dice(state: seed)
        let ids = (2..<14).map(String.init)
        let people = ids.map { id in
            var row = Gate.person(id, status: Bool.random(using: &dice) ? "active" : "disabled")
            for name in ["city", "zip"] { row[name] = Bool.random(using: &dice) ? "Bern" : .null }
            return row
        }
        let writes = Self.writes(&dice, ids)
        var done = PlannedCompany(people)
        let rows = try await done.line(writes)
        var planned = PlannedCompany(people)
        let dry = try await planned.line(writes, plan: "a.plan")
        #expect(await planned.world.performed.isEmpty)
        let applied = try await planned.apply("a.plan")
        #expect(await planned.world.users == done.world.users)
        #expect(await planned.world.performed == done.world.performed)
        func short(_ rows: [Row], _ outcome: String) -> [String] {
            rows.filter { $0.string("outcome") == outcome }.map {
                "\($0.string("subject") ?? "") \($0.string("action") ?? "")"
            }
        }
        #expect(short(applied, "done") == short(rows, "done"))
        #expect(short(dry, "planned") == short(rows, "done"))
        #expect(short(dry, "unchanged") == short(rows, "unchanged"))
    }

    @Test("a plan is read back as it was written")
    func roundTrip() async throws {
        var company = Self.company()
        var seen = Gate.person("2")
        seen["id"] = nil
        try await company.line(
            [
                [
                    Gate.update("2", ["city": "Bern\u{2028}\"x\\", "zip": .decimal("1.50")], seen: seen),
                    Gate.update("2", ["role": "71"]), Gate.delete("3"),
                    Change(.create, .users, .new(handle: "new@acme.example"), fields: ["email": "new@acme.example"]),
                    Gate.delete("99"),
                ]
            ], plan: "a.plan")
        let text = company.folder.text("a.plan")
        let (document, seals) = try PlanDocument.read(Array(text.utf8), named: "a.plan")
        #expect(String(decoding: document.bytes(seals), as: UTF8.self) == text)
        #expect(document.rows.count == 5)
        #expect(document.counts.map(\.count) == [4, 0, 1])
        #expect(text.contains(#""change":"role: Manager → Product Manager""#), "\(text)")
        // A line for each row, so that plans can be compared.
        #expect(text.split(separator: "\n").count { $0.hasPrefix("{\"row\":") } == 5)
    }

    @Test("plan-edited: no byte of a plan can be changed")
    func planEdited() async throws {
        var company = Self.company()
        try await company.line([[Gate.update("2", ["city": "Bern"])]], plan: "a.plan")
        let text = Array(company.folder.text("a.plan").utf8)
        for place in text.indices {
            for flip: UInt8 in [1, 0x20] {
                var edited = text
                edited[place] ^= flip
                company.folder.put(String(decoding: edited, as: UTF8.self), at: "b.plan")
                await #expect(throws: ZoshError.self, "\(place)") {
                    try await company.registry.open("b.plan", on: Gate.acme)
                }
            }
            company.folder.put(String(decoding: text[..<place], as: UTF8.self), at: "b.plan")
            await #expect(throws: ZoshError.self) { try await company.registry.open("b.plan", on: Gate.acme) }
        }
        #expect(try await company.apply("a.plan").count == 1)
    }

    @Test("plan-edited: who edits it and works out its digest again lacks the store's key")
    func planEditedWithDigest() async throws {
        var company = Self.company()
        try await company.line([[Gate.update("2", ["city": "Bern"])]], plan: "a.plan")
        let (document, seals) = try PlanDocument.read(Array(company.folder.text("a.plan").utf8), named: "a.plan")
        guard case .planned(var planned)? = document.rows.first else { throw ZoshError(.bug, "no row") }
        planned.effect = Gate.update("2", ["city": "Rome"])
        let forged = PlanDocument(header: document.header, rows: [.planned(planned)])
        let digest = company.signer.digest(of: Array(forged.body.utf8))
        for seal in [seals.seal, try await PlayedSigner(key: "theirs").seal(digest), ""] {
            let bytes = forged.bytes(PlanDocument.Seals(digest: digest, seal: seal))
            company.folder.put(String(decoding: bytes, as: UTF8.self), at: "b.plan")
            await #expect(throws: ZoshError.self) { try await company.registry.open("b.plan", on: Gate.acme) }
        }
    }

    @Test("what is shown cannot differ from what is done")
    func shownIsDone() async throws {
        var company = Self.company()
        try await company.line([[Gate.update("2", ["city": "Bern"])]], plan: "a.plan")
        // Even sealed again by the same store.
        for (was, becomes) in [
            ("\"change\":\"city: – → Bern\"", "\"change\":\"city: – → Rome\""), ("\"planned\":1", "\"planned\":0"),
            ("Person 2 <", "Person 3 <"), ("\"row\":1,", "\"row\":1,\"note\":\"harmless\","),
            ("\"do\":{", "\"do\":{\"verb\":\"delete\","), ("\"fields\":{", "\"fields\":{ "),
        ] {
            let edited = company.folder.text("a.plan").replacing(was, with: becomes)
            #expect(edited != company.folder.text("a.plan"), "\(was)")
            let body = edited.prefix(upTo: try #require(edited.firstRange(of: "\"digest\"")).lowerBound)
            let digest = company.signer.digest(of: Array(body.utf8))
            let seal = try await company.signer.seal(digest)
            company.folder.put(body + "\"digest\":\"\(digest)\",\n\"seal\":\"\(seal)\"}\n", at: "b.plan")
            await #expect(throws: ZoshError.self, "\(was)") { try await company.registry.open("b.plan", on: Gate.acme) }
        }
    }

    @Test("plan-replayed: a plan is applied once, also when two processes have opened it")
    func planReplayed() async throws {
        var company = Self.company()
        try await company.line([[Gate.update("2", ["city": "Bern"])]], plan: "a.plan")
        let early = try await company.registry.open("a.plan", on: Gate.acme)
        try await company.apply("a.plan")
        try await company.line([[Gate.update("2", ["city": .null])]])
        await #expect(throws: ZoshError.self) { try await company.registry.open("a.plan", on: Gate.acme) }
        let before = await company.world.performed.count
        do {
            try await company.line([early.changes], mark: early.mark)
            Issue.record("it was applied a second time")
        } catch let error as ZoshError { #expect(error.problem.contains("by job 1")) }
        #expect(await company.world.performed.count == before)
        // Nothing is left behind of the second attempt.
        #expect(await company.shelf.items.count == 2)
    }

    @Test("plan-replayed: a copy of a plan is the same plan")
    func planCopied() async throws {
        var company = Self.company()
        try await company.line([[Gate.update("2", ["city": "Bern"])]], plan: "a.plan")
        company.folder.put(company.folder.text("a.plan"), at: "b.plan")
        try await company.apply("a.plan")
        await #expect(throws: ZoshError.self) { try await company.registry.open("b.plan", on: Gate.acme) }
    }

    @Test("a plan that was begun is resumed, not applied again, and its own writes are not taken for others'")
    func resumed() async throws {
        let gone = ChangeResult.failed(ZoshError(.network, "out of reach"))
        var company = PlannedCompany(Self.people(3), answers: [.done(id: nil, message: nil), gone])
        try await company.line([["2", "3", "4"].map { Gate.update($0, ["city": "Bern"]) }], plan: "a.plan")
        let rows = try await company.apply("a.plan")
        #expect(rows.map { $0.string("outcome") } == ["done", "not started", "not started"])
        do {
            try await company.apply("a.plan")
            Issue.record("it was applied a second time")
        } catch let error as ZoshError { #expect(error.remedy == "jobs resume 1") }
        await company.world.set("4", "city", "Rome")
        let again = try await company.resume(run: 2)
        #expect(again.map { $0.string("outcome") } == ["done", "done", "refused"])
        #expect(again.map { $0.string("message")?.contains("done before") == true } == [true, false, false])
        #expect(await company.world.users["4"]?["city"] == "Rome")
        await #expect(throws: ZoshError.self) { try await company.registry.open("a.plan", on: Gate.acme) }
    }

    @Test("a job that applied a plan is kept while the plan could be applied")
    func jobIsKept() {
        let header = JobHeader.row(
            Origin(plan: PlanMark(digest: "d", expires: 2000)), Gate.acme, at: 1000)
        #expect(JobHeader.guardsPlan(header, at: 1999))
        #expect(!JobHeader.guardsPlan(header, at: 2000))
        #expect(!JobHeader.guardsPlan(JobHeader.row(Origin(), Gate.acme, at: 1000), at: 0))
    }

    @Test("an expired plan is not applied, nor one made in the future")
    func expired() async throws {
        var company = Self.company()
        try await company.line([[Gate.update("2", ["city": "Bern"])]], plan: "a.plan")
        company.now += PlanMark.lifetime - 1
        _ = try await company.registry.open("a.plan", on: Gate.acme)
        company.now += 1
        await #expect(throws: ZoshError.self) { try await company.registry.open("a.plan", on: Gate.acme) }
        company.now = 900_000
        await #expect(throws: ZoshError.self) { try await company.registry.open("a.plan", on: Gate.acme) }
    }

    @Test("a plan is for one connection and the person it was made as", arguments: 0..<5)
    func otherConnection(field: Int) async throws {
        var company = Self.company()
        try await company.line([[Gate.update("2", ["city": "Bern"])]], plan: "a.plan")
        var other = Gate.acme
        switch field {
        case 0: other.name = "other"
        case 1: other.orgID = "8"
        case 2: other.dataCentre = "us"
        case 3: other.email = "other@acme.example"
        default: other.environment = .sandbox
        }
        await #expect(throws: ZoshError.self) { try await company.registry.open("a.plan", on: other) }
        _ = try await company.registry.open("a.plan", on: Gate.acme)
    }

    @Test("a row of which a field has moved is refused whole; the others are done")
    func moved() async throws {
        var company = Self.company()
        try await company.line(
            [["2", "3", "4"].map { Gate.update($0, ["city": "Bern", "zip": "3000"]) } + [Gate.delete("5")]],
            plan: "a.plan")
        await company.world.set("2", "city", "Rome")
        // What somebody has done already is no reason against the rest.
        await company.world.set("3", "city", "Bern")
        await company.world.set("5", "email", "other@acme.example")
        let rows = try await company.apply("a.plan")
        #expect(rows.map { $0.string("outcome") } == ["refused", "done", "done", "refused"])
        #expect(rows[0].string("message")?.contains("city is Rome") == true)
        #expect(await company.world.users["2"]?["zip"] == nil)
        #expect(await company.world.users["5"] != nil)
    }

    @Test("two writes of one line about the same person are not planned together")
    func twice() async throws {
        var company = Self.company()
        await #expect(throws: ZoshError.self) {
            try await company.line(
                [[Gate.update("2", ["city": "Bern"])], [Gate.update("2", ["zip": "3000"])]], plan: "a.plan")
        }
        #expect(company.folder.text("a.plan").isEmpty)
    }

    @Test("a file that is there is not overwritten, and of a line that fails there is no plan")
    func files() async throws {
        var company = Self.company()
        company.folder.put("mine", at: "a.plan")
        await #expect(throws: ZoshError.self) {
            try await company.line([[Gate.update("2", ["city": "Bern"])]], plan: "a.plan")
        }
        #expect(company.folder.text("a.plan") == "mine")
        let draft = PlanDraft(at: "b.plan", of: "line", on: Gate.acme, in: company.registry)
        _ = try await draft.lineEnded(after: .failed)
        #expect(company.folder.text("b.plan").isEmpty)
    }

    @Test("a plan counts the calls that the gate makes", arguments: [1, 100, 101, 250])
    func cost(count: Int) async throws {
        var company = Self.company(count)
        let changes = (2..<2 + count).map { Gate.update(String($0), ["city": "Bern"]) }
        try await company.line([changes], plan: "a.plan")
        let planned = try PlanDocument.read(Array(company.folder.text("a.plan").utf8), named: "a.plan").document
        let before = await company.world.readings.count
        try await company.apply("a.plan")
        let calls = await company.world.readings.count - before + company.world.performed.count
        #expect(planned.header.cost.calls == calls)
        #expect(planned.header.cost.fits == "unknown")
    }

    @Test("whether a plan fits the day", arguments: [(100, "yes"), (3, "yes"), (2, "no")])
    func fits(left: Int, answer: String) {
        let cost = PlanCost(of: [PlannedChange(Gate.update("2", ["city": "Bern"]))], window: 1, left: left)
        #expect(cost.calls == 3)
        #expect(cost.fits == answer)
        #expect(PlanCost(cost.row) == cost)
    }
}
