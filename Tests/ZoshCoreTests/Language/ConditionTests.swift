import Testing
import ZoshKit

@testable import ZoshCore

struct ConditionTests {
    /// The ids of the people a condition keeps, or its error as `problem@lower-upper` counted from the condition.
    private func kept(_ condition: String) async throws -> String {
        let rig = Rig()
        rig.session.variables["boss"] = .value("Ada Lovelace")
        rig.session.variables["some"] = .rows(
            [["id": "2", "email": "zwei@acme.test"], ["id": "3", "email": "x"]], .unknown, isWhole: true)
        try await rig.run("people | where \(condition)")
        if let error = rig.seen.errors.first {
            return "\(error.problem)@\((error.span?.lower ?? 0) - 15)-\((error.span?.upper ?? 0) - 15)"
        }
        return rig.seen.rows.map { $0["id"]?.text ?? "?" }.joined()
    }

    @Test(
        "comparisons",
        arguments: [
            ("status == active", "124"), ("status = active", "124"), ("status=active", "124"),
            ("status != active", "3"), ("status!=active", "3"),
            ("full_name == 'Kurt Gödel'", "3"), ("age < 10", "3"), ("age <= 10", "34"), ("age > 36", "2"),
            ("age>=36", "12"), ("age == 9", "3"),
            ("age == 9.0", "3"), ("id == 1", "1"), ("id > 2", "34"), ("id == 01", ""), ("email < h", "12"),
            ("role.name == CEO", "1"),
            ("role == null", "4"), ("role != null", "123"), ("role.name == null", "4"), ("role.name != CEO", "234"),
            ("created_time < 2030-01-01", "123"),
            ("role", "123"), ("not role", "4"), ("status", "1234"), ("nothing", ""),
            ("full_name == $boss", "1"), ("email == \"ada@acme.test\"", "1"), ("\"full_name\" == $boss", "1"),
        ])
    func comparisons(condition: String, ids: String) async throws { #expect(try await kept(condition) == ids) }

    @Test(
        "and binds tighter than or, not tighter than and",
        arguments: [
            ("status == active and age > 36", "2"), ("age == 9 or age == 10 and status == active", "34"),
            ("(age == 9 or age == 10) and status == active", "4"), ("not status == active", "3"),
            ("not (status == active or age == 9)", ""),
            ("not not status == active", "124"), ("not age == 9 and status == active", "124"), ("(((age == 9)))", "3"),
            ("(age==9)or(age==10)", "34"),
        ])
    func logic(condition: String, ids: String) async throws { #expect(try await kept(condition) == ids) }

    @Test(
        "patterns and lists",
        arguments: [
            ("full_name ~ Ada", "14"), ("full_name ~ '^Ada Z'", "4"), ("full_name !~ '^Ada'", "23"),
            ("full_name ~ '(?i)ADA'", "14"), ("role.name ~ .", "123"),
            ("role.name !~ Sales", "14"), ("full_name ~ \"G\\w+del\"", "3"), ("status in (disabled, deleted)", "3"),
            ("status not in (active)", "3"),
            ("age in (9,10)", "34"), ("full_name in ('Ada Zwei', $boss)", "14"), ("id in $some", "23"),
            ("email in $some.email", "4"),
            ("role in (null)", "4"), ("not id in $some", "14"),
        ])
    func patterns(condition: String, ids: String) async throws { #expect(try await kept(condition) == ids) }

    @Test(
        "dates compare as instants, whatever offset they are written with",
        arguments: [
            ("created_time > 30d ago", "23"), ("created_time > '30d ago'", "23"), ("created_time > 30 days ago", "23"),
            ("created_time >= 2026-06-14", "3"), ("created_time < 2026-06-15", "123"),
            ("created_time == 2026-06-14", "3"),
            ("created_time == yesterday", "3"), ("created_time > yesterday", ""), ("created_time <= yesterday", "123"),
            ("created_time < today", "123"),
            ("created_time == 2020-01-31T09:00:00Z", "1"), ("created_time != 2020-01-31T09:00:00Z", "234"),
            ("created_time < 6y ago", "1"),
            ("created_time > 1mo ago and created_time < 1d ago", "2"),
            ("created_time in (2020-01-31, yesterday)", "13"),
        ])
    func dates(condition: String, ids: String) async throws { #expect(try await kept(condition) == ids) }

    @Test(
        "mistakes are told at their place before anything is asked",
        arguments: [
            ("status ==", "a value is missing after '=='@7-9"), ("== active", "expected a field before '=='@0-2"),
            ("status == active active", "expected 'and', 'or' or end of condition@17-23"),
            ("(age == 9", "the parenthesis opened here is never closed@0-1"),
            ("age == 9)", "expected 'and', 'or' or end of condition@8-9"),
            ("age in 9", "expected a list after 'in'@7-8"),
            ("age in (9", "the parenthesis opened here is never closed@7-8"),
            ("age in ()", "a value is missing after '('@8-9"),
            ("age == 9 and", "a condition is missing@11-12"),
            ("created_time > 30x ago", "'30x ago' is not a date@15-22"),
            ("age = = 9", "a value is missing after '='@6-7"),
            ("not", "a condition is missing@2-3"), ("age == $nothing", "there is no variable '$nothing'@7-15"),
            ("id == $some", "2 values stand where one is needed@6-11"),
            ("id { probe }", "a condition cannot hold a block@3-12"),
        ])
    func mistakes(condition: String, expected: String) async throws { #expect(try await kept(condition) == expected) }

    @Test(
        "a pattern that cannot be compiled is told at its place",
        arguments: ["'('", "'[a'", "'a{2,1}'", "'*'", "'(?<x'", "'\\'"])
    func badPatterns(pattern: String) async throws {
        let rig = Rig()
        #expect(try await rig.run("people | where full_name ~ \(pattern)").status == .usage)
        #expect(rig.seen.errors.first?.span == Span(27, 27 + pattern.unicodeScalars.count))
        #expect(rig.world.pages == 0)
    }

    @Test("conditions nested or patterns long beyond reason are refused")
    func bounded() async throws {
        let deep = String(repeating: "(", count: 3000) + "age == 9" + String(repeating: ")", count: 3000)
        #expect(try await kept(deep).hasPrefix("this condition is nested too deeply"))
        #expect(
            try await kept(String(repeating: "not ", count: 3000) + "age").hasPrefix(
                "this condition is nested too deeply"))
        #expect(try await kept("age ~ '\(String(repeating: "(", count: 501))'").hasPrefix("this pattern is longer"))
        let wide = Array(repeating: "age == 9", count: 20_000).joined(separator: " or ")
        #expect(try await kept(wide) == "3")
    }

    @Test(
        "a field that rows cannot have is an error at its place, before a row passes",
        arguments: [
            ("people | where stauts == active", 15, "did you mean 'status'?"),
            ("people | where not (email == x or Rol == y)", 34, "did you mean 'role'?"),
            ("people | select id | where email == x", 27, "there are: id"),
            ("people | assert emial != x", 16, "did you mean 'email'?"),
            ("probe a | where valeu == a", 16, "did you mean 'value'?"),
            ("let rows = people\n$rows | where $it.stauts == active", 32, "did you mean 'status'?"),
        ])
    func misspelt(text: String, place: Int, remedy: String) async throws {
        let rig = Rig()
        #expect(try await rig.run(text).status == .usage)
        #expect(rig.seen.errors.first?.span?.lower == place)
        #expect(rig.seen.errors.first?.remedy == remedy)
        #expect(rig.seen.rows.isEmpty)
    }

    @Test(
        "a field is found by its API name or a label, in any case, with blank, _ and - alike",
        arguments: [
            "EMAIL == ada@acme.test", "'e-mail' == ada@acme.test", "'E_Mail' == ada@acme.test",
            "'Full-Name' == 'Ada Lovelace'",
            "'full name' == 'Ada Lovelace'", "FULL_NAME == 'Ada Lovelace'", "Role.NAME == CEO",
        ])
    func names(condition: String) async throws { #expect(try await kept(condition) == "1") }

    @Test(
        "a day that does not exist and a number with a unit nobody knows are no dates",
        arguments: [
            "2026-02-29", "2026-13-01", "2026-01-31T25:00:00Z", "2026-01-31T09:00:00+99:00", "30 ago", "d ago",
            "5q ago", "2026-01-31x", "1234567d ago",
            "2026-1-31", "", "ago", "999999999999999999999d ago",
        ])
    func noDates(text: String) { #expect(Rig.dates.moment(text) == nil) }

    @Test("days begin at local midnight, also where the clocks change")
    func zones() {
        // Two hours east until 2026-06-14T20:00:00Z, one hour after it.
        let dates = DateReader(now: { Rig.now }, offset: { $0 < 1_781_467_200 ? 7200 : 3600 })
        #expect(dates.moment("2026-06-14")?.seconds == 1_781_388_000)
        #expect(dates.moment("2026-06-15")?.seconds == 1_781_478_000)
        #expect(Timestamp.rfc3339(dates.moment("2026-06-15")?.seconds ?? 0) == "2026-06-14T23:00:00+00:00")
    }

    @Test(
        "months go back to the last day there is",
        arguments: [("2024-03-31", 1, "2024-02-29"), ("2026-01-15", 13, "2024-12-15"), ("2026-12-31", 1, "2026-11-30")])
    func months(from: String, back: Int64, expected: String) throws {
        let seconds = try #require(Rig.dates.moment(from)?.seconds)
        let earlier = CivilDate(day: seconds / 86_400).earlier(months: back)
        #expect(Timestamp.rfc3339(earlier.daysSince1970 * 86_400).hasPrefix(expected))
    }

    @Test("days and dates are each other's inverse over four thousand years")
    func civil() {
        let wrong = stride(from: Int64(-719_468), through: 800_000, by: 17).filter { day in
            let date = CivilDate(day: day)
            return date.daysSince1970 != day || !date.isReal || date == CivilDate(day: day + 1)
        }
        #expect(wrong.isEmpty)
    }
}
