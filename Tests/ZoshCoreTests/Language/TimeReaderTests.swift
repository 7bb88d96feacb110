import Testing
import ZoshKit

@testable import ZoshCore

/// Times to come as people write them, in zones whose clocks change.
struct TimeReaderTests {
    private static let rules = [
        "Europe/Berlin": "CET-1CEST,M3.5.0,M10.5.0/3", "America/New_York": "EST5EDT,M3.2.0,M11.1.0",
        "Australia/Sydney": "AEST-10AEDT,M10.1.0,M4.1.0/3", "Asia/Kolkata": "IST-5:30",
        "Australia/Lord_Howe": "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "America/Sao_Paulo": "<-03>3", "UTC": "UTC0",
    ]

    private static func reader(here: String? = "Europe/Berlin") -> TimeReader {
        TimeReader(
            zones: ZoneSource(
                here: { here }, rules: { rules[$0].flatMap(ZoneRules.init(posix:)) }, names: { rules.keys.sorted() }))
    }

    private static func read(_ text: String, here: String? = "Europe/Berlin") throws -> ChosenTime {
        try reader(here: here).time(text, at: Span(0, 0))
    }

    @Test(
        "a time is that of its zone on that day",
        arguments: [
            ("2026-12-31 17:00 Europe/Berlin", "2026-12-31T16:00:00+00:00"),
            ("2026-07-01 17:00 Europe/Berlin", "2026-07-01T15:00:00+00:00"),
            ("2026-12-31 17:00", "2026-12-31T16:00:00+00:00"),
            ("2026-12-31T17:00:05 Europe/Berlin", "2026-12-31T16:00:05+00:00"),
            ("  2026-12-31   17:00   Europe/Berlin ", "2026-12-31T16:00:00+00:00"),
            ("2026-12-31T17:00:00+01:00", "2026-12-31T16:00:00+00:00"),
            ("2026-12-31T17:00Z", "2026-12-31T17:00:00+00:00"),
            ("2026-12-31 17:00 Z", "2026-12-31T17:00:00+00:00"),
            ("2026-12-31 17:00 +05:30", "2026-12-31T11:30:00+00:00"),
            ("2026-12-31 17:00 -03:00", "2026-12-31T20:00:00+00:00"),
            ("2026-01-15 09:00 America/New_York", "2026-01-15T14:00:00+00:00"),
            ("2026-07-15 09:00 America/New_York", "2026-07-15T13:00:00+00:00"),
            ("2026-01-15 09:00 Australia/Sydney", "2026-01-14T22:00:00+00:00"),
            ("2026-07-15 09:00 Australia/Sydney", "2026-07-14T23:00:00+00:00"),
            ("2026-07-15 09:00 Asia/Kolkata", "2026-07-15T03:30:00+00:00"),
            ("2026-07-15 09:00 America/Sao_Paulo", "2026-07-15T12:00:00+00:00"),
            // The last second before clocks change, and the first after.
            ("2026-03-29 01:59:59 Europe/Berlin", "2026-03-29T00:59:59+00:00"),
            ("2026-03-29 03:00 Europe/Berlin", "2026-03-29T01:00:00+00:00"),
            ("2026-10-25 01:59:59 Europe/Berlin", "2026-10-24T23:59:59+00:00"),
            ("2026-10-25 03:00 Europe/Berlin", "2026-10-25T02:00:00+00:00"),
            ("2026-03-08 01:59:59 America/New_York", "2026-03-08T06:59:59+00:00"),
            ("2026-03-08 03:00 America/New_York", "2026-03-08T07:00:00+00:00"),
            ("2026-11-01 00:59:59 America/New_York", "2026-11-01T04:59:59+00:00"),
            ("2026-11-01 02:00 America/New_York", "2026-11-01T07:00:00+00:00"),
            ("2026-12-31 23:59 Australia/Sydney", "2026-12-31T12:59:00+00:00"),
            ("2027-01-01 00:00 Australia/Sydney", "2026-12-31T13:00:00+00:00"),
        ])
    func times(text: String, instant: String) throws {
        #expect(Timestamp.rfc3339(try Self.read(text).instant) == instant)
    }

    @Test(
        "a time of day that clocks skip or show twice is refused, and both that can be meant are named",
        arguments: [
            ("2026-03-29 02:30 Europe/Berlin", "there is no", "2026-03-29T01:30:00+01:00 or 2026-03-29T03:30:00+02:00"),
            ("2026-03-29 02:00 Europe/Berlin", "there is no", "2026-03-29T01:00:00+01:00 or 2026-03-29T03:00:00+02:00"),
            ("2026-10-25 02:30 Europe/Berlin", "comes twice", "2026-10-25T02:30:00+02:00 or 2026-10-25T02:30:00+01:00"),
            ("2026-10-25 02:00 Europe/Berlin", "comes twice", "2026-10-25T02:00:00+02:00 or 2026-10-25T02:00:00+01:00"),
            ("2026-10-25 02:59:59", "comes twice", "2026-10-25T02:59:59+02:00 or 2026-10-25T02:59:59+01:00"),
            (
                "2026-03-08 02:30 America/New_York", "there is no",
                "2026-03-08T01:30:00-05:00 or 2026-03-08T03:30:00-04:00"
            ),
            (
                "2026-11-01 01:30 America/New_York", "comes twice",
                "2026-11-01T01:30:00-04:00 or 2026-11-01T01:30:00-05:00"
            ),
            (
                "2026-10-04 02:30 Australia/Sydney", "there is no",
                "2026-10-04T01:30:00+10:00 or 2026-10-04T03:30:00+11:00"
            ),
            (
                "2026-04-05 02:30 Australia/Sydney", "comes twice",
                "2026-04-05T02:30:00+11:00 or 2026-04-05T02:30:00+10:00"
            ),
            (
                "2026-04-05 01:45 Australia/Lord_Howe", "comes twice",
                "2026-04-05T01:45:00+11:00 or 2026-04-05T01:45:00+10:30"
            ),
        ])
    func changes(text: String, problem: String, remedy: String) throws {
        let error = try #require(throws: ZoshError.self) { try Self.read(text) }
        #expect(error.kind == .usage && error.problem.contains(problem), "\(error.problem)")
        #expect(error.remedy?.hasSuffix(remedy) == true, "\(error.remedy ?? "")")
        // What is named to be written is what can be read.
        for one in remedy.split(separator: " or ") { _ = try Self.read(String(one)) }
    }

    @Test(
        "what is no time, or is in no zone of this machine, is refused",
        arguments: [
            ("tomorrow", "is not a time"), ("2026-12-31", "has no time of day"), ("17:00", "is not a time"),
            ("2026-02-30 17:00", "is not a time"), ("2026-12-31 25:00", "is not a time"),
            ("2026-12-31 17:00 Europe/Atlantis", "no time zone 'Europe/Atlantis'"),
            ("2026-12-31 17:00 ../../etc/passwd", "no time zone"), ("2026-12-31 17:00 \u{1B}[31m", "no time zone"),
            ("", "is not a time"), ("2026-12-31T17:00:00+01:00 Europe/Berlin", "is not a time"),
        ])
    func refused(text: String, problem: String) throws {
        let error = try #require(throws: ZoshError.self) { try Self.read(text) }
        #expect(error.problem.contains(problem) && error.problem == error.problem.neutralised, "\(error.problem)")
    }

    @Test("a zone nearly written is suggested, and one left out is said to be the machine's")
    func zones() throws {
        let error = try #require(throws: ZoshError.self) { try Self.read("2026-12-31 17:00 Europe/Berln") }
        #expect(error.remedy?.contains("Europe/Berlin") == true)
        #expect(try Self.read("2026-12-31 17:00").isZoneOfMachine)
        #expect(try Self.read("2026-12-31 17:00").text == "2026-12-31 17:00 Europe/Berlin")
        #expect(try Self.read("2026-12-31T17:00:30+01:00").text == "2026-12-31 17:00:30 +01:00")
        #expect(try !Self.read("2026-12-31 17:00 Europe/Berlin").isZoneOfMachine)
        let nameless = try #require(throws: ZoshError.self) { try Self.read("2026-12-31 17:00", here: nil) }
        #expect(nameless.problem.contains("has no name"))
    }

    @Test("what is no rule of a zone is none")
    func rules() {
        for text in [
            "", "CET", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0",
            "CET-1CEST,M3.5.0,M10.5.0,", "C-1", "<+03-3", "CET-1CEST,M3.5.0/200,M10.5.0", "CET-25",
        ] {
            #expect(ZoneRules(posix: text) == nil, "\(text)")
        }
        // Before and after the day that some years have.
        let julian = ZoneRules(posix: "AAA0BBB,J60/0,J300/0")
        let march: Int64 = 1_709_251_200  // 2024-03-01
        #expect(julian?.offset(at: march) == 3600 && julian?.offset(at: march - 1) == 0)
        let ordinal = ZoneRules(posix: "AAA0BBB,59/0,299/0")
        #expect(ordinal?.offset(at: march - 86_400) == 3600 && ordinal?.offset(at: march - 86_401) == 0)
    }

    @Test("a zone file says what held before its last change, and its rule what holds after")
    func files() throws {
        let file = Self.file(
            transitions: [(0, 0), (1000, 1)], offsets: [3600, 7200], rule: "CET-1CEST,M3.5.0,M10.5.0/3")
        let rules = try #require(ZoneRules(file: file))
        #expect(rules.offset(at: -5) == 3600 && rules.offset(at: 999) == 3600)
        #expect(rules.offset(at: 1_782_900_000) == 7200 && rules.offset(at: 1_798_700_000) == 3600)
        let fixed = try #require(
            ZoneRules(file: Self.file(transitions: [(0, 0), (1000, 1)], offsets: [3600, 7200], rule: "")))
        #expect(fixed.offset(at: 999) == 3600 && fixed.offset(at: 1 << 40) == 7200)
        // No byte of it is read beyond its end, whatever it says of itself.
        for length in 0..<file.count { _ = ZoneRules(file: Array(file[0..<length])) }
        for place in file.indices {
            for value in [0, 127, 255] as [UInt8] {
                var damaged = file
                damaged[place] = value
                _ = ZoneRules(file: damaged)?.offset(at: 500)
            }
        }
    }

    private static func file(transitions: [(Int64, UInt8)], offsets: [Int32], rule: String) -> [UInt8] {
        func bytes(_ number: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: number.bigEndian) { Array($0) } }
        func header(_ times: Int, _ types: Int) -> [UInt8] {
            var head = Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
            for count in [0, 0, 0, times, types, 4] { head += bytes(UInt32(count)) }
            return head
        }
        let letters: [UInt8] = [67, 69, 84, 0]
        var file = header(0, 1) + [UInt8](repeating: 0, count: 6) + letters
        file += header(transitions.count, offsets.count)
        for transition in transitions { file += bytes(transition.0) }
        for transition in transitions { file.append(transition.1) }
        for offset in offsets { file += bytes(offset) + [0, 0] as [UInt8] }
        return file + letters + Array("\n\(rule)\n".utf8)
    }

    @Test(
        "lengths of time",
        arguments: [
            ("2h", 7200), ("30min", 1800), ("30m", 1800), ("90 min", 5400), ("7d", 604_800), ("1w", 604_800),
            ("45s", 45), ("0h", nil), ("h", nil), ("2", nil), ("-2h", nil), ("2mo", nil), ("9999999h", nil),
            ("1.5h", nil),
        ] as [(String, Int64?)])
    func lengths(text: String, seconds: Int64?) { #expect(DurationReader.seconds(text) == seconds) }
}
