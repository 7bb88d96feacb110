import Testing
import ZoshCore
import ZoshKit

struct UserIndexTests {
    @Test func `finds what looking at everybody finds`() {
        let people = Crowd.people(300)
        let snapshot = DirectorySnapshot(people: people, fetchedAt: 1)
        let index = UserIndex(people)
        for text in people.flatMap({ [$0.id, $0.email, $0.email.uppercased(), $0.name, $0.name.lowercased()] }) + [
            "nobody", "", "ada",
        ] {
            #expect(index.people(matching: text) == snapshot.people(matching: text), "\(text)")
        }
    }

    @Test(arguments: [
        ("ΠΑΠΑΣ", "παπασ"), ("İpek", "i̇pek"), ("ЖАННА", "жанна"), ("JOSÉ", "josé"), ("Ǆ", "ǆ"), ("สมชาย", "สมชาย"),
        ("민준 김", "민준 김"), ("ⴀ", "Ⴀ"), ("ꭰ", "Ꭰ"),
    ])
    func `a name is found whatever its case`(name: String, typed: String) {
        let person = Person(id: "1", name: name, email: "", role: "", profile: "", status: "active")
        let people = Crowd.people(50) + [person]
        #expect(
            UserIndex(people).people(matching: typed)
                == DirectorySnapshot(people: people, fetchedAt: 1).people(matching: typed))
        #expect(UserIndex(people).people(matching: typed) == [person])
    }

    @Test func `a position is by exact id only`() {
        let index = UserIndex(Crowd.people(20))
        #expect(index.position(ofID: Crowd.person(7).id) == 7)
        #expect(index.position(ofID: Crowd.person(7).email) == nil)
        #expect(UserIndex([]).position(ofID: "1") == nil)
    }

    @Test func `somebody whose name is another's e-mail does not hide them`() {
        let ada = Person(id: "1", name: "bob@x", email: "ada@x", role: "", profile: "", status: "active")
        let bob = Person(id: "2", name: "Bob", email: "bob@x", role: "", profile: "", status: "active")
        #expect(UserIndex([ada, bob]).people(matching: "BOB@x") == [bob])
    }
}
