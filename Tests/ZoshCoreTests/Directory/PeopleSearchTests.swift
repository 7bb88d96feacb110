import Testing
import ZoshCore
import ZoshKit

struct PeopleSearchTests {
    static func people(_ names: String..., status: String = "active") -> [Person] {
        names.enumerated().map { Person(id: "\($0 + 100)", name: $1, email: "e\($0)@acme.example", role: "", profile: "", status: status) }
    }

    static func names(_ query: String, _ people: [Person], recent: Set<Int> = [], limit: Int = 10) -> [String] {
        PeopleSearch(people).matches(query, recent: recent, limit: limit).map { people[$0].name }
    }

    @Test func `exact before prefix before word before inside before letters in order`() {
        let people = Self.people("x a d a", "Grada Low", "Mary Ada", "Adam", "Ada", "Bob")
        #expect(Self.names("ada", people) == ["Ada", "Adam", "Mary Ada", "Grada Low", "x a d a"])
    }

    @Test func `within a rank active people first, then the recent, then the directory's order`() {
        let people = Self.people("Ada 1", status: "disabled") + Self.people("Ada 2", "Ada 3", "Ada 4")
        #expect(Self.names("ada", people, recent: [0, 3]) == ["Ada 4", "Ada 2", "Ada 3", "Ada 1"])
    }

    @Test(arguments: [
        ("jose", "José García"), ("GARCIA", "José García"), ("lovelace", "Ada Lovelace"), ("太", "山田 太郎"), ("田太", "山田 太郎"), ("太田", nil), ("zoe", "Zoe\u{308}"),
        ("neil", "O'Neil"), ("ann", "Mary-Ann"), ("e1@", "Ada Lovelace"), ("100", "José García"), ("02", "山田 太郎"), ("adlv", "Ada Lovelace"),
        // The domain, the same for everybody, is found in one piece, not by letters in order.
        ("acme.ex", "José García"), ("e1acme", nil), ("xpl", nil), ("e1@acm", "Ada Lovelace"), ("e1@cm", "Ada Lovelace"), ("zz", nil), ("xyz", nil), ("ada lovelace", "Ada Lovelace"), ("ada  lovelace", nil), ("\u{1F600}", nil),
    ])
    func `any part of name, e-mail and id is found, whatever case and accents`(query: String, name: String?) {
        let people = Self.people("José García", "Ada Lovelace", "山田 太郎", "Zoe\u{308}", "O'Neil", "Mary-Ann")
        #expect(Self.names(query, people).first == name)
    }

    @Test func `digits do not match an id here and there`() {
        #expect(Self.names("5501", Self.people("Ada").map { Person(id: "5550000000000000001", name: $0.name, email: "a@b", role: "", profile: "", status: "active") }) == [])
    }

    @Test func `an empty query is everybody in order, as many as asked for`() {
        let people = Self.people("C", "A", "B")
        #expect(Self.names("", people) == ["C", "A", "B"])
        #expect(Self.names("", people, limit: 2) == ["C", "A"])
        #expect(Self.names("", people, limit: 0) == [])
        #expect(Self.names("a", []) == [])
    }

    @Test func `the few kept are the best of all, whatever the order they come in`() {
        let people = Crowd.people(2_000)
        let search = PeopleSearch(people)
        for query in ["a", "user1", "o", "example", "ml", "5550000000000000", "smith"] {
            let all = search.matches(query, limit: people.count)
            #expect(search.matches(query, limit: 20) == Array(all.prefix(20)), "\(query)")
        }
    }

    @Test func `somebody whose field begins like the query, and whose word it is, hides nobody who is better`() {
        // The first two letters are the same; the match is of a later word.
        let people = Self.people("Anna Martin", "Max Martin", "Maria Martin")
        #expect(Self.names("mart", people, limit: 1) == ["Anna Martin"])
        let some = Self.people("Max Martin", status: "disabled") + Self.people("Anna Martin")
        #expect(Self.names("mart", some, limit: 1) == ["Anna Martin"])
        let many = Crowd.people(3_000)
        let search = PeopleSearch(many)
        for query in ["acme", "ac", "example", "ex", "user", "us", "us1", "@acme", "5550"] {
            let all = search.matches(query, limit: many.count)
            #expect(search.matches(query, limit: 100) == Array(all.prefix(100)), "\(query)")
        }
    }

    @Test func `people without name, e-mail or id are no trap`() {
        let nobody = Person(id: "", name: "", email: "", role: "", profile: "", status: "")
        let odd = Person(id: "1", name: "a\nb", email: String(repeating: "x ", count: 40_000), role: "", profile: "", status: "")
        let search = PeopleSearch([nobody, odd, nobody])
        for query in ["", "a", "x", "a b", "\n", "1", "zz"] { _ = search.matches(query, limit: 5) }
        #expect(search.matches("a b", limit: 5) == [1])
    }
}
