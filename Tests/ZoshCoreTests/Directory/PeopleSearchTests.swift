import Testing
import ZoshKit

@testable import ZoshCore

struct PeopleSearchTests {
    static func people(_ names: String..., status: String = "active") -> [Person] {
        names.enumerated().map {
            Person(id: "\($0 + 100)", name: $1, email: "e\($0)@acme.example", role: "", profile: "", status: status)
        }
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
        ("jose", "José García"), ("GARCIA", "José García"), ("lovelace", "Ada Lovelace"), ("太", "山田 太郎"),
        ("田太", "山田 太郎"), ("太田", nil), ("zoe", "Zoe\u{308}"),
        ("neil", "O'Neil"), ("ann", "Mary-Ann"), ("e1@", "Ada Lovelace"), ("100", "José García"), ("02", "山田 太郎"),
        ("adlv", "Ada Lovelace"),
        // The domain, the same for everybody, is found in one piece, not by letters in order.
        ("acme.ex", "José García"), ("e1acme", nil), ("xpl", nil), ("e1@acm", "Ada Lovelace"),
        ("e1@cm", "Ada Lovelace"), ("zz", nil), ("xyz", nil), ("ada lovelace", "Ada Lovelace"), ("ada  lovelace", nil),
        ("\u{1F600}", nil),
    ])
    func `any part of name, e-mail and id is found, whatever case and accents`(query: String, name: String?) {
        let people = Self.people("José García", "Ada Lovelace", "山田 太郎", "Zoe\u{308}", "O'Neil", "Mary-Ann")
        #expect(Self.names(query, people).first == name)
    }

    @Test func `digits do not match an id here and there`() {
        #expect(
            Self.names(
                "5501",
                Self.people("Ada").map {
                    Person(
                        id: "5550000000000000001", name: $0.name, email: "a@b", role: "", profile: "", status: "active")
                }) == [])
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

    /// How well a person matches, said as plainly as can be; nil when not at all.
    private static func rank(_ person: Person, _ query: [UInt8]) -> Int? {
        let fields = [person.name, person.email, person.id].map { Folding.bytes($0) }
        func isLetter(_ byte: UInt8) -> Bool {
            byte >= 0x80 || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
        }
        let ranks = fields.flatMap { field in
            field.indices.filter { field[$0...].starts(with: query) }.map { place in
                place == 0
                    ? field.count == query.count ? 0 : 1 : isLetter(field[place]) && !isLetter(field[place - 1]) ? 2 : 3
            }
        }
        if let best = ranks.min() { return best }
        guard query.count > 1, query.contains(where: { !(0x30...0x39).contains($0) }) else { return nil }
        // Name and e-mail up to the domain, unless the query has passed its sign.
        var rest = query[...]
        for (number, field) in fields.prefix(2).enumerated() {
            for byte in field {
                if byte == rest.first {
                    rest = rest.dropFirst()
                } else if number == 1, byte == UInt8(ascii: "@") {
                    break
                }
                if rest.isEmpty { return 4 }
            }
        }
        return nil
    }

    @Test func `it finds what looking at everybody would, in the same order`() {
        let people = Crowd.people(250)
        let search = PeopleSearch(people)
        let soon = PeopleSearch(provisionally: people, FoldedPeople(people))
        var seed: UInt64 = 7
        func random(_ count: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % count
        }
        for round in 0..<120 {
            let person = people[random(people.count)]
            var scalars = Array([person.name, person.email, person.id][random(3)].unicodeScalars)
            if round % 4 == 0 { scalars = scalars.filter { _ in random(3) == 0 } }
            let start = scalars.isEmpty ? 0 : random(scalars.count)
            let query = String(String.UnicodeScalarView(scalars.dropFirst(start).prefix(1 + random(5))))
            let folded = Folding.bytes(query)
            guard !folded.isEmpty else { continue }
            let expected = Self.expected(folded, of: people)
            #expect(search.matches(query, limit: 40) == Array(expected.prefix(40)), "\(query)")
            #expect(soon.matches(query, limit: 40) == Array(expected.prefix(40)), "\(query)")
        }
    }

    private static func expected(_ query: [UInt8], of people: [Person]) -> [Int] {
        people.indices.compactMap { index in
            rank(people[index], query).map { (rank: $0 * 2 + (people[index].isActive ? 0 : 1), index: index) }
        }.sorted { ($0.rank, $0.index) < ($1.rank, $1.index) }.map(\.index)
    }

    @Test(arguments: [
        "zylker", "zyl", "r.exa", "alex", "lex", "@zyl", "@", "a@z", "d@zylker", "x@o", "x@other", "@other.test",
        "test", "xam", "e", ".", "zylker.example",
        "ker.examples", "@@", "@zylker.example@", "ada@zylker.example", "da@x@zylker", "x@zylker.example", "other",
        "zy x",
    ])
    func `the domain most people have is found where it stands and hides nothing beside it`(query: String) {
        let mails = [
            "ada@zylker.example", "alexis@zylker.example", "x@other.test", "bob@zylker.example", "ada@x@zylker.example",
            "zylker", "", "zy.x@zylker.example",
        ]
        let names = ["Ada", "Alexandra zylker", "Otto", "@zylker", "Ada @ Zylker", "lex@", "x@zylker.example", ""]
        let people = (0..<90).map { number in
            Person(
                id: "\(number)", name: names[number * 7 % 8], email: mails[number % 11 % 8], role: "", profile: "",
                status: number % 5 == 0 ? "disabled" : "active")
        }
        let search = PeopleSearch(people)
        #expect(search.matches(query, limit: 100) == Self.expected(Folding.bytes(query), of: people))
        #expect(
            PeopleSearch(Array(people.prefix(3))).matches(query, limit: 3)
                == Self.expected(Folding.bytes(query), of: Array(people.prefix(3))))
    }

    @Test func `texts longer than eight letters are told apart behind them`() {
        let people = Self.people("Alexander Mendelsohn", "Alexander Mendelssohn", "Alexander", "Alexandermendel")
        #expect(Self.names("alexander mendelss", people) == ["Alexander Mendelssohn"])
        #expect(Self.names("alexander", people, limit: 2) == ["Alexander", "Alexander Mendelsohn"])
        #expect(Self.names("mendelssohn", people) == ["Alexander Mendelssohn"])
        #expect(Self.names("ander m", people) == ["Alexander Mendelsohn", "Alexander Mendelssohn"])
        let long = String(repeating: "a", count: 254)
        let row = (0..<4).map { Self.people(long + String(repeating: "b", count: $0))[0] }
        for length in 0..<4 {
            #expect(Self.names(long + String(repeating: "b", count: length), row, limit: 1) == [row[length].name])
        }
    }

    @Test func `people used lately come first of those who match as well, however late in the directory`() {
        let people = Crowd.people(1_000)
        let search = PeopleSearch(people)
        for query in ["", "a", "user", "acme", "ov", "dlv"] {
            let all = search.matches(query, recent: [996, 995], limit: people.count)
            #expect(search.matches(query, recent: [996, 995], limit: 10) == Array(all.prefix(10)), "\(query)")
        }
        #expect(search.matches("user", recent: [996, 995], limit: 2) == [995, 996])
    }

    @Test func `made of parts folded side by side it is the same`() {
        let people = Crowd.people(700)
        let parts = [people.prefix(300), people.dropFirst(300)].map { FoldedPeople.Part(Array($0)) }
        let (one, other) = (PeopleSearch(people), PeopleSearch(provisionally: people, FoldedPeople(parts)).completed)
        for query in ["a", "us1", "lovelace", "99", "zz"] {
            #expect(one.matches(query, limit: 50) == other.matches(query, limit: 50))
        }
    }

    @Test func `people without name, e-mail or id are no trap`() {
        let nobody = Person(id: "", name: "", email: "", role: "", profile: "", status: "")
        let odd = Person(
            id: "1", name: "a\nb", email: String(repeating: "x ", count: 40_000), role: "", profile: "", status: "")
        let search = PeopleSearch([nobody, odd, nobody])
        for query in ["", "a", "x", "a b", "\n", "1", "zz"] { _ = search.matches(query, limit: 5) }
        #expect(search.matches("a b", limit: 5) == [1])
    }
}
