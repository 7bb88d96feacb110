import Testing

@testable import ZohoEmulator

/// Tables for the pieces that every reply is made of.
@Suite struct TimeTextTests {
    @Test(arguments: [
        (0, 0, "1970-01-01T00:00:00+00:00"), (1_735_639_154, -28800, "2024-12-31T01:59:14-08:00"),
        (1_709_163_000, 19800, "2024-02-29T05:00:00+05:30"), (951_782_400, 0, "2000-02-29T00:00:00+00:00"),
        (-1, 0, "1969-12-31T23:59:59+00:00"), (1_700_000_000, 20700, "2023-11-15T03:58:20+05:45"),
    ])
    func `an instant is written with its offset and read back`(seconds: Int, offset: Int, text: String) {
        #expect(TimeText.rfc3339(seconds, offset: offset) == text)
        #expect(TimeText.seconds(text) == seconds)
    }

    @Test(arguments: [("2019-07-25T15:26:49Z", 1_564_068_409), ("2019-07-25T15:26:49.123+05:30", 1_564_048_609)])
    func `Z and fractions are understood`(text: String, seconds: Int) {
        #expect(TimeText.seconds(text) == seconds)
    }

    @Test(arguments: [
        "", "2019", "2019-07-25", "2019-07-25T15:26:49", "2019-13-25T15:26:49Z", "2019-07-25T15:26:49+0530",
        "Thu, 25 Jul 2019 15:26:49 GMT",
    ])
    func `anything else is no time`(text: String) {
        #expect(TimeText.seconds(text) == nil)
    }

    @Test(arguments: [
        ("2024-03-10T12:00:00Z", -25200), ("2024-03-09T12:00:00Z", -28800), ("2024-11-02T12:00:00Z", -25200),
        ("2024-11-03T20:00:00Z", -28800), ("2023-07-01T00:00:00Z", -25200),
    ])
    func `Los Angeles moves its clocks in March and November`(text: String, offset: Int) throws {
        #expect(Culture.losAngeles.offset(at: text) == offset)
    }

    @Test func `a Date header is written as HTTP wants it`() {
        #expect(TimeText.httpDate(784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
    }
}

extension Zone {
    fileprivate func offset(at text: String) -> Int { TimeText.seconds(text).map(offset) ?? .min }
}

@Suite struct JSONReaderTests {
    @Test(arguments: [
        #"{"b":1,"a":[true,false,null],"n":-1.50e3}"#, #"[]"#, #"{}"#, #""""#, #"[[],{"x":{}}]"#, #""\u001b[31m""#,
    ])
    func `what is written is what was read`(text: String) throws {
        var written = JSONText()
        written.value(try JSONParser.read(Array(text.utf8)))
        #expect(String(decoding: written.bytes, as: UTF8.self) == text)
    }

    @Test(arguments: [
        (#""\ud83d\udc69\u200d\ud83d\udcbb""#, "👩‍💻"), (#""\u00e9\/\b""#, "é/\u{8}"), (#""\ud800""#, "\u{FFFD}"),
        ("\"नि\"", "नि"),
    ])
    func `escapes become what they stand for`(text: String, value: String) throws {
        #expect(try JSONParser.read(Array(text.utf8)) == .string(value))
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\"}", "{a:1}", "tru", "\"x", "\"\\q\"", "\"\\u12\"", "1 2", "\"\u{1}\"", "--1",
        String(repeating: "[", count: 200),
    ])
    func `what is no JSON is a failure with a place`(text: String) {
        #expect(throws: JSONParser.Failure.self) { try JSONParser.read(Array(text.utf8)) }
    }
}

@Suite struct PopulationTests {
    private let population = Population(
        seed: 5, count: 3000, base: 4_150_868_000_000_000_000, roster: Roster(base: 4_150_868_000_000_000_000),
        caller: Caller(seed: 5, dataCentre: 0))

    @Test func `identifier and address lead back to the person`() {
        for index in stride(from: 0, to: 3000, by: 37) {
            let person = population.person(index)
            #expect(population.index(ofID: person.id) == index)
            #expect(population.index(ofEmail: person.email.uppercased()) == index)
            #expect(person.traits == population.traits(index))
        }
        for id in [population.nextID, population.id(0) - 1, population.id(0) + 1, .min, -1, 0, .max] {
            #expect(population.index(ofID: id) == nil)
        }
        #expect(population.index(ofEmail: "x.y.17@zylker.example") == nil)
    }

    @Test func `a stored person has the traits it was rendered from`() {
        let directory = Directory(.generated(population), administrators: [population.roster.profiles[0].id])
        for index in 0..<60 {
            let stored = StoredUser(directory.record(index), administrators: [population.roster.profiles[0].id])
            #expect(stored.traits == population.traits(index))
            #expect(stored.id == population.id(index))
        }
    }
}

@Suite struct ScopeTests {
    @Test(arguments: [
        ("ZohoCRM.users.READ", nil), ("zohocrm.users.all", nil), ("Aaaserver.profile.Read", nil),
        ("ZohoCRM.settings.audit_logs.CREATE", nil), ("ZohoCRM.users", "ZohoCRM.users"),
        ("ZohoCRM.users.FLY", "ZohoCRM.users.FLY"), ("Nobody.users.ALL", "Nobody.users.ALL"),
    ])
    func `one unknown name fails a whole list`(name: String, unknown: String?) {
        #expect(Scopes(list: "ZohoCRM.org.READ,\(name)").unknown == unknown)
    }
}

@Suite struct HashTests {
    @Test(arguments: [
        ("", "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"), ("abc", "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0"),
        ("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "JI1qYdIGOLjlwCaTDD5gOaM85Flk_yFn9uzt1BnbBsE"),
    ])
    func `the vectors of FIPS 180 hold`(message: String, digest: String) {
        #expect(SHA256Digest.base64URL(Array(message.utf8)) == digest)
    }
}
