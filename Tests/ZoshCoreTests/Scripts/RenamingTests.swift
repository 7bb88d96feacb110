import Testing
import ZoshKit

@testable import ZoshCore

/// Lines that hold tomorrow and elsewhere: people by e-mail, roles and profiles by name.
struct RenamingTests {
    private static let directory = DirectorySnapshot(
        people: [
            Person(
                id: "4150868000000411001", name: "Ada Lovelace", email: "ada@acme.test", role: "CEO",
                profile: "Standard", status: "active"),
            Person(
                id: "4150868000000411002", name: "Grace Hopper", email: "grace@acme.test", role: "CEO",
                profile: "Standard", status: "active"),
        ],
        roles: [NamedID(id: "4150868000000026005", name: "Sales EU")],
        profiles: [NamedID(id: "4150868000000026011", name: "Standard")], fetchedAt: 1)

    private func plan(_ text: String) throws -> Plan {
        var planner = Planner(
            try #require(Rig.registry), text: text, aliases: [:], variables: ["x"], dates: Rig.dates, prefixes: false)
        return planner.plan(Parser.parse(text))
    }

    @Test(
        "ids and names become what a script may hold",
        arguments: [
            ("users lookup 4150868000000411001", "users lookup ada@acme.test"),
            ("users lookup 'Ada Lovelace' grace@acme.test", "users lookup ada@acme.test grace@acme.test"),
            ("users lookup ids=4150868000000411001,4150868000000411002", "users lookup ada@acme.test grace@acme.test"),
            ("users lookup --ids 4150868000000411002 | count", "users lookup grace@acme.test | count"),
            (
                "users update 4150868000000411002 role=4150868000000026005",
                "users update grace@acme.test role='Sales EU'"
            ),
            ("users update ada@acme.test profile=4150868000000026011", "users update ada@acme.test profile=Standard"),
            ("let y = 'Ada Lovelace'\nusers lookup $y", "let y = ada@acme.test\nusers lookup $y"),
            (
                "people | each { users deactivate 4150868000000411001 }",
                "people | each { users deactivate ada@acme.test }"
            ),
            ("users lookup $x.id", "users lookup $x.id"),
            ("alias a = users lookup\na 'Grace Hopper'", "alias a = users lookup\na grace@acme.test"),
        ])
    func renames(_ text: String, _ wanted: String) throws {
        let plan = try plan(text)
        #expect(plan.errors.isEmpty)
        let (renamed, unknownIDs) = Renaming.recording(text, plan, Self.directory)
        #expect(renamed == wanted)
        #expect(unknownIDs.isEmpty)
    }

    @Test(
        "an id that no name can replace becomes a variable, whatever quotes stand around it",
        arguments: [
            ("probe 4150868000000411001", "probe $ada_id"), ("let y = '4150868000000411001'", "let y = $ada_id"),
            ("probe users/4150868000000411001", #"probe users/"$ada_id""#),
            ("probe '4150868000000411001/x'", #"probe ''"$ada_id"'/x'"#),
            ("probe \"a/4150868000000411001?b\"", #"probe "a/$ada_id?b""#),
            ("probe \"4150868000000411001.json\"", #"probe """$ada_id"".json""#),
            ("people | where id == 4150868000000411001 | count", "people | where id == $ada_id | count"),
            (
                "people | where id in (4150868000000411001, 4150868000000411002)",
                #"people | where id in ("$ada_id", "$grace_id")"#
            ),
            (
                "people | where role.id == 4150868000000026005 and not id = 4150868000000411001",
                "people | where role.id == $sales_eu_id and not id = $ada_id"
            ),
            ("people | where Reporting_To.id == 4150868000000411001", "people | where Reporting_To.id == $ada_id"),
            ("people | where Reporting_To.id==4150868000000411001", #"people | where Reporting_To.id=="$ada_id""#),
            ("people | select id | where id == 4150868000000411001", "people | select id | where id == $ada_id"),
            ("people | where id in (4150868000000411001, $x)", #"people | where id in ("$ada_id", $x)"#),
            ("let y = '4150868000000411001'\nusers lookup $y", "let y = $ada_id\nusers lookup $y"),
            (
                "let y = '4150868000000026005'\nusers update ada@acme.test role=$y",
                "let y = $sales_eu_id\nusers update ada@acme.test role=$y"
            ),
            ("probe 4150868000000411001\nprobe 4150868000000411001", "probe $ada_id\nprobe $ada_id"),
            ("probe 20260615120000 x4150868000000411001", "probe 20260615120000 x4150868000000411001"),
        ])
    func variables(_ text: String, _ wanted: String) throws {
        let (renamed, unknownIDs) = Renaming.recording(text, try plan(text), Self.directory)
        #expect(renamed == wanted)
        #expect(unknownIDs.isEmpty)
        var planner = Planner(
            try #require(Rig.registry), text: renamed, aliases: [:],
            variables: ["x", "ada_id", "grace_id", "sales_eu_id"],
            dates: Rig.dates, prefixes: false)
        #expect(planner.plan(Parser.parse(renamed)).errors.isEmpty)
    }

    @Test(
        "an id that is nobody's is told",
        arguments: [
            "users lookup 4150868000000411009", "users update ada@acme.test role=4150868000000099999",
            "people | where id in (4150868000000411009)", "probe 4150868000000411009",
            "people | where role.id == 41508680000411009", "let y = '4150868000000411009'\nusers lookup $y",
        ])
    func unknownIDs(_ text: String) throws {
        #expect(Renaming.recording(text, try plan(text), Self.directory).unknownIDs.count == 1)
    }

    @Test(
        "a confirmed write is recorded with its answer and its number",
        arguments: [
            ("users deactivate 1 2", 2, "users deactivate 1 2 --yes --at-most 2"),
            ("users deactivate 1 --yes", 1, "users deactivate 1 --yes"),
            ("users deactivate 1 --dry-run", 1, "users deactivate 1 --dry-run"),
            ("users deactivate 1 | count", 1, "users deactivate 1 --yes | count"),
            ("people | each { users deactivate $it.id }", 3, "people | each { users deactivate $it.id --yes }"),
            ("people", 3, "people"),
        ])
    func answers(_ text: String, _ count: Int, _ wanted: String) throws {
        let shown = Variable.rows((0..<count).map { ["subject": .string("\($0)")] }, .unknown, isWhole: true)
        #expect(RecordedLine.answered(text, try plan(text), shown, RunAllowance()) == wanted)
    }

    @Test(
        "aliases are written out",
        arguments: [
            ("admins | count", "users list type=AdminUsers | count"),
            ("people | each { gone $it.id }", "people | each { users deactivate $it.id }"),
            ("outer | count", "users list type=AdminUsers | first 1 | count"),
            ("let x = admins", "let x = users list type=AdminUsers"), ("admin", "admin"),
        ])
    func aliases(_ text: String, _ wanted: String) {
        let aliases = ["admins": "users list type=AdminUsers", "gone": "users deactivate", "outer": "admins | first 1"]
        #expect(Aliases.expanded(text, aliases) == wanted)
    }
}

extension Renaming {
    /// As a recording does it.
    fileprivate static func recording(_ text: String, _ plan: Plan, _ directory: DirectorySnapshot) -> (
        text: String, unknownIDs: [UnknownID]
    ) {
        var standIns = StandIns()
        return apply(to: text, plan, directory) { standIns.name(for: $0, besides: []).name }
    }
}
