import Testing
import ZoshCore
import ZoshKit

struct RecentPeopleTests {
    private static let directory = PublishedDirectory(
        DirectorySnapshot(
            people: [
                Person(
                    id: "5550000000000000001", name: "Ada Lovelace", email: "ada@acme.example", role: "", profile: "",
                    status: "active"),
                Person(
                    id: "5550000000000000002", name: "Li", email: "li@acme.example", role: "", profile: "",
                    status: "active"),
                Person(
                    id: "5550000000000000003", name: "Li", email: "li2@acme.example", role: "", profile: "",
                    status: "active"),
            ], roles: [], profiles: [], fetchedAt: 1))

    @Test(arguments: [
        (["users lookup ada@acme.example", "users lookup li@acme.example"], ["2", "1"]),
        (["users lookup ids=5550000000000000003,5550000000000000001"], ["3", "1"]),
        (["users offboard 'ada lovelace' to=LI@acme.example"], ["1", "2"]),
        (["users lookup li"], []),
        (["users list | where email == ada@acme.example", "users lookup ada@acme.example"], ["1"]),
        (["users lookup ada@acme.example", "users list \"open"], ["1"]), ([], []),
    ])
    func `a user whom a line names is recent, the latest first; a name two people share means nobody`(
        lines: [String], expected: [String]
    ) {
        #expect(RecentPeople.ids(in: lines, of: Self.directory) == expected.map { "555000000000000000" + $0 })
    }

    @Test func `an empty directory knows nobody`() {
        #expect(RecentPeople.ids(in: ["users lookup ada@acme.example"], of: .empty).isEmpty)
    }
}
