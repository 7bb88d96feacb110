import Testing
import ZoshKit

@testable import ZoshGate

/// Plans that somebody else has to sign.
struct ApprovalTests {
    private static func person(_ id: String, profile: String = "Standard") -> Row {
        var row = Gate.person(id)
        row["profile"] = .row(["name": .string(profile), "id": profile == "Standard" ? "81" : "80"])
        return row
    }

    /// An organisation with an administrator, 2, that demands approvals; ben's count there.
    private static func company(demanding count: Int = 1, answers: [ChangeResult] = []) async throws -> PlannedCompany {
        let people = (2..<20).map { person(String($0), profile: $0 == 2 ? "Administrator" : "Standard") }
        var company = PlannedCompany(people, answers: answers)
        company.connection.approvals = count
        try await company.keys.keep(approver("ben", "b", in: company))
        return company
    }

    private static func approver(
        _ name: String, _ letter: Character, email: String? = nil, in company: PlannedCompany
    ) throws -> Approver {
        let key = String(repeating: letter, count: 64)
        return Approver(
            name: name, email: email ?? "\(name)@acme.example", key: key,
            fingerprint: ApproverText.fingerprint(of: key, company.signer))
    }

    /// The plans as somebody with another store sees them, in the same folder.
    private static func other(_ letter: Character, of company: PlannedCompany) -> PlanRegistry {
        PlanRegistry(
            in: company.folder, sealedBy: PlayedSigner(key: "store of \(letter)"), approvedWith: PlayedKeys(letter),
            history: JobHistory(in: Shelf()) { [now = company.now] in now })
    }

    private static func approve(_ path: String, by letter: Character, in company: PlannedCompany) async throws {
        let registry = other(letter, of: company)
        let plan = try await registry.review(path)
        _ = try await registry.perform(PlanChange(.approve(path: path, digest: plan.digest)))
    }

    private static func isRefused(_ body: () async throws -> Void) async -> Bool {
        do {
            try await body()
            return false
        } catch { return (error as? ZoshError)?.kind == .refused }
    }

    struct Case: Sendable {
        let name: String
        let writes: [[Change]]
        let needsApproval: Bool
    }

    private static func cities(_ ids: ClosedRange<Int>) -> [Change] {
        ids.map { Gate.update(String($0), ["city": "Bern"]) }
    }

    private static let cases = [
        Case(name: "a city", writes: [cities(3...3)], needsApproval: false),
        Case(name: "ten", writes: [cities(3...12)], needsApproval: false),
        Case(name: "eleven", writes: [cities(3...13)], needsApproval: true),
        Case(name: "eleven in two commands", writes: [cities(3...8), cities(9...13)], needsApproval: true),
        Case(name: "a deletion", writes: [[Gate.delete("3")]], needsApproval: true),
        Case(name: "an administrator's city", writes: [cities(2...2)], needsApproval: true),
        Case(name: "a new administrator", writes: [[Gate.update("3", ["profile": "80"])]], needsApproval: true),
        Case(name: "no more an administrator", writes: [[Gate.update("2", ["profile": "81"])]], needsApproval: true),
        Case(name: "locked out", writes: [[Gate.update("3", ["status": "inactive"])]], needsApproval: false),
        Case(
            name: "already so", writes: [[Gate.update("2", ["status": "active"])]], needsApproval: false),
    ]

    @Test("what touches an administrator, deletes, or changes more than ten needs an approval", arguments: cases)
    func needed(_ test: Case) async throws {
        var company = try await Self.company()
        let isRefused = await Self.isRefused { try await company.line(test.writes) }
        #expect(isRefused == test.needsApproval, "\(test.name)")
        // Where none is demanded nothing is refused.
        company = try await Self.company(demanding: 0)
        try await company.line(test.writes)
    }

    @Test("an approved plan is applied, and one without an approval is not")
    func approved() async throws {
        var company = try await Self.company()
        try await company.line([[Gate.delete("3")]], plan: "a.plan")
        #expect(company.folder.text("a.plan").contains("\"needs_approval\":true"))
        #expect(await Self.isRefused { try await company.apply("a.plan") })
        #expect(await company.world.performed.isEmpty)
        try await Self.approve("a.plan", by: "b", in: company)
        #expect(try await company.apply("a.plan").map { $0.string("outcome") } == ["done"])
        #expect(await company.world.performed == ["delete 3"])
        // Once, however many approve it again.
        try await Self.approve("a.plan", by: "c", in: company)
        #expect(await Self.isRefused { try await company.apply("a.plan") })
    }

    @Test("plan-self-approved: neither the author's store nor a key in the author's name counts")
    func planSelfApproved() async throws {
        var company = try await Self.company()
        try await company.line([[Gate.delete("3")]], plan: "a.plan")
        // The store that made it signs nothing of its own.
        let own = company.registry
        let digest = try await own.review("a.plan").digest
        #expect(
            await Self.isRefused {
                _ = try await own.perform(PlanChange(.approve(path: "a.plan", digest: digest)))
            })
        // A signature of the store's own key, put there by other means, with the key pinned as somebody else's.
        try await company.keys.keep(Self.approver("me", "a", in: company))
        var (document, seals) = try PlanDocument.read(Array(company.folder.text("a.plan").utf8), named: "a.plan")
        var forged = PlanApproval(
            by: ApproverText.fingerprint(of: try await company.keys.own(), company.signer), at: company.now)
        forged.signature = try await company.keys.sign(forged.message(for: document.header, digest))
        seals.approvals = [forged]
        company.folder.put(String(decoding: document.bytes(seals), as: UTF8.self), at: "a.plan")
        #expect(await Self.isRefused { try await company.apply("a.plan") })
        // A second store of the author's, pinned under the author's address.
        seals.approvals = []
        company.folder.put(String(decoding: document.bytes(seals), as: UTF8.self), at: "a.plan")
        try await company.keys.keep(Self.approver("home", "d", email: "ME@acme.example", in: company))
        try await Self.approve("a.plan", by: "d", in: company)
        #expect(await Self.isRefused { try await company.apply("a.plan") })
        #expect(await company.world.performed.isEmpty)
    }

    @Test("two approvals are those of two people")
    func two() async throws {
        var company = try await Self.company(demanding: 2)
        try await company.keys.keep(Self.approver("carl", "c", in: company))
        try await company.keys.keep(Self.approver("ben at home", "d", email: "ben@acme.example", in: company))
        try await company.line([[Gate.delete("3")]], plan: "a.plan")
        try await Self.approve("a.plan", by: "b", in: company)
        #expect(await Self.isRefused { try await Self.approve("a.plan", by: "b", in: company) })
        #expect(await Self.isRefused { try await company.apply("a.plan") })
        // The same signature twice.
        let (document, seals) = try PlanDocument.read(Array(company.folder.text("a.plan").utf8), named: "a.plan")
        var doubled = seals
        doubled.approvals += seals.approvals
        company.folder.put(String(decoding: document.bytes(doubled), as: UTF8.self), at: "b.plan")
        #expect(await Self.isRefused { try await company.apply("b.plan") })
        try await Self.approve("a.plan", by: "d", in: company)
        #expect(await Self.isRefused { try await company.apply("a.plan") })
        try await Self.approve("a.plan", by: "c", in: company)
        #expect(try await company.apply("a.plan").count == 1)
    }

    @Test("plan-edited: an approval is of one plan and of nothing else")
    func planEdited() async throws {
        var company = try await Self.company()
        try await company.line([[Gate.delete("3")]], plan: "a.plan")
        try await company.line([[Gate.delete("4")]], plan: "b.plan")
        try await Self.approve("a.plan", by: "b", in: company)
        let signed = try PlanDocument.read(Array(company.folder.text("a.plan").utf8), named: "a.plan").seals
        var (document, seals) = try PlanDocument.read(Array(company.folder.text("b.plan").utf8), named: "b.plan")
        let good = try #require(signed.approvals.first)
        var later = good
        later = PlanApproval(by: later.signer, at: later.at + 1, signature: later.signature)
        let unknown = PlanApproval(by: "0000 0000 0000 0000 0000", at: good.at, signature: good.signature)
        for approval in [good, later, unknown] {
            seals.approvals = [approval]
            company.folder.put(String(decoding: document.bytes(seals), as: UTF8.self), at: "b.plan")
            #expect(await Self.isRefused { try await company.apply("b.plan") })
        }
        let (own, _) = try PlanDocument.read(Array(company.folder.text("a.plan").utf8), named: "a.plan")
        var moved = signed
        moved.approvals = [later]
        company.folder.put(String(decoding: own.bytes(moved), as: UTF8.self), at: "c.plan")
        #expect(await Self.isRefused { try await company.apply("c.plan") })
        #expect(await company.world.performed.isEmpty)
    }

    @Test("plan-edited: who is shown a plan signs that plan")
    func shownAndExchanged() async throws {
        var company = try await Self.company()
        try await company.line([[Gate.delete("3")]], plan: "a.plan")
        try await company.line([[Gate.delete("4")]], plan: "b.plan")
        let ben = Self.other("b", of: company)
        let shown = try await ben.review("a.plan")
        #expect(shown.rows == ["planned: Person 3 <p3@acme.example>: delete"])
        company.folder.put(company.folder.text("b.plan"), at: "a.plan")
        #expect(
            await Self.isRefused {
                _ = try await ben.perform(PlanChange(.approve(path: "a.plan", digest: shown.digest)))
            })
    }

    @Test("the changes of an approved plan are let through, and no others in its name")
    func otherChanges() async throws {
        var company = try await Self.company()
        try await company.line([[Gate.delete("3")]], plan: "a.plan")
        try await Self.approve("a.plan", by: "b", in: company)
        let registry = company.registry
        let plan = try await registry.open("a.plan", on: company.connection)
        for changes in [[Gate.delete("4")], plan.changes + [Gate.delete("4")]] {
            #expect(await Self.isRefused { try await company.line([changes], mark: plan.mark, registry: registry) })
        }
        #expect(await company.world.performed.isEmpty)
        try await company.line([plan.changes], mark: plan.mark, registry: registry)
        #expect(await company.world.performed == ["delete 3"])
    }

    @Test("policy-lowered: a plan is applied under the policy it was made under")
    func policyLowered() async throws {
        for (before, after) in [(0, 1), (1, 2), (2, 1)] {
            var company = try await Self.company(demanding: before)
            try await company.line([[Gate.delete("3")]], plan: "a.plan")
            try await Self.approve("a.plan", by: "b", in: company)
            company.connection.approvals = after
            #expect(await Self.isRefused { try await company.apply("a.plan") }, "\(before) → \(after)")
            #expect(await company.world.performed.isEmpty)
        }
    }

    @Test("policy-lowered: the policy is part of what is sealed and signed")
    func policyEdited() async throws {
        var company = try await Self.company(demanding: 2)
        try await company.line([[Gate.delete("3")]], plan: "a.plan")
        try await Self.approve("a.plan", by: "b", in: company)
        let (document, seals) = try PlanDocument.read(Array(company.folder.text("a.plan").utf8), named: "a.plan")
        let edited = company.folder.text("a.plan").replacing("\"policy\":2", with: "\"policy\":1")
        company.folder.put(edited, at: "b.plan")
        company.connection.approvals = 1
        #expect(await Self.isRefused { try await company.apply("b.plan") })
        var lowered = document.header.row
        lowered["policy"] = 1
        let header = try #require(PlanHeader(lowered))
        let approval = try #require(seals.approvals.first)
        #expect(
            approval.message(for: header, seals.digest) != approval.message(for: document.header, seals.digest))
    }

    @Test("an expired plan cannot be approved")
    func expired() async throws {
        var company = try await Self.company()
        try await company.line([[Gate.delete("3")]], plan: "a.plan")
        company.now += PlanMark.lifetime
        #expect(await Self.isRefused { try await Self.approve("a.plan", by: "b", in: company) })
    }

    @Test("an approval covers the resumption of its plan")
    func resumed() async throws {
        let gone = ChangeResult.failed(ZoshError(.network, "out of reach"))
        var company = try await Self.company(answers: [.done(id: nil, message: nil), gone])
        try await company.line([Self.cities(3...14)], plan: "a.plan")
        try await Self.approve("a.plan", by: "b", in: company)
        _ = try await company.apply("a.plan")
        #expect(await company.world.performed.count == 2)
        let rows = try await company.resume(run: 2)
        #expect(rows.allSatisfy { $0.string("outcome") == "done" })
        #expect(rows.count == 12)
    }

    @Test("an undo needs its own approval")
    func undone() async throws {
        var company = try await Self.company()
        try await company.line([[Gate.update("2", ["city": "Bern"])]], plan: "a.plan")
        try await Self.approve("a.plan", by: "b", in: company)
        _ = try await company.apply("a.plan")
        let back = [Gate.update("2", ["city": .null])]
        #expect(await Self.isRefused { try await company.line([back]) })
        #expect(await company.world.users["2"]?["city"] == "Bern")
    }

    @Test("a key that is exchanged is whole, or none")
    func keyText() async throws {
        let company = try await Self.company()
        let own = try await company.registry.ownKey(as: "Me@Acme.example")
        #expect(own.approver.email == "me@acme.example")
        #expect(own.approver.fingerprint.split(separator: " ").count >= 4)
        // One's own is no approver's.
        #expect(await Self.isRefused { _ = try await company.registry.approver(named: "x", key: own.text) })
        let carl = Self.other("c", of: company)
        let text = try await carl.ownKey(as: "carl@acme.example").text
        let approver = try await company.registry.approver(named: "carl", key: text)
        #expect(approver.email == "carl@acme.example")
        #expect(approver.key == String(repeating: "c", count: 64))
        for place in text.indices {
            var broken = text
            broken.replaceSubrange(place...place, with: broken[place] == "1" ? "2" : "1")
            await #expect(throws: ZoshError.self) { try await company.registry.approver(named: "carl", key: broken) }
            await #expect(throws: ZoshError.self) {
                try await company.registry.approver(named: "carl", key: String(text[..<place]))
            }
        }
        // Neither a name nor a key twice.
        let ben = try await Self.other("b", of: company).ownKey(as: "ben@acme.example").text
        #expect(await Self.isRefused { _ = try await company.registry.approver(named: "bob", key: ben) })
        #expect(await Self.isRefused { _ = try await company.registry.approver(named: "ben", key: text) })
    }
}
