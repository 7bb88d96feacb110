import Testing
import ZoshCore
import ZoshKit

struct CompleterTests {
    /// The text with the cursor at `¦`, and what may be inserted there, best first.
    static let table: [(String, [String])] = [
        ("us¦", ["use ", "users "]), ("users ¦", ["get ", "list ", "lookup ", "update "]),
        ("users l¦", ["list ", "lookup "]), ("users kup¦", ["lookup "]),
        ("users list ¦", ["type=", "limit=", "role="]), ("users list li¦", ["limit="]),
        ("users list --li¦", ["limit="]),
        ("users list type=Adm¦", ["AdminUsers "]),
        ("users list type=admins¦", ["ActiveConfirmedAdmins ", "AdminUsers "]),
        ("users list role=sal¦", ["'Sales Manager' "]),
        ("users list role='sal¦", ["'Sales Manager' "]), ("users list role=\"sal¦", ["\"Sales Manager\" "]),
        ("users list type=AdminUsers limit=¦", []),
        ("users lookup ada@¦", ["ada@acme.example ", "adam@acme.example "]),
        ("users lookup 'jose g¦", ["'jose@acme.example' "]),
        ("users lookup ids=5550000000000000001,lov¦", []), ("users lookup ids=taro¦", ["5550000000000000004"]),
        ("users lookup ids=5550000000000000004,smith¦", ["5550000000000000002"]),
        ("users lookup 太¦", ["taro@acme.example "]),
        ("users lookup quoted¦", ["\"quoted 'o'@acme.example\" "]),
        ("users lookup \"qu¦", ["\"quoted 'o'@acme.example\" "]),
        ("users update ada ci¦", ["city=", "jose@acme.example "]),
        ("users update ada city=X cou¦", ["country=", "country_locale="]), ("users update ada role=c¦", ["CEO "]),
        ("users update ada status=¦", ["active ", "inactive "]), ("users update ada --dr¦", ["dry-run "]),
        ("users update ada dry¦", ["--dry-run "]),
        ("roles create na¦", ["name="]), ("roles create rep¦", ["reporting_to="]), ("roles create zip¦", []),
        ("roles create reporting_to=c¦", ["CEO "]), ("roles create status=¦", []),
        ("use ¦", ["acme ", "beta "]), ("use b¦", ["beta "]), ("orgs use a¦", ["'Acme GmbH' "]),
        ("auth login dc=e¦", ["eu "]),
        ("open ¦", ["people.csv ", "'my files/'", "plan.json ", "format=", "encoding="]),
        ("open p¦", ["people.csv ", "plan.json "]), ("open .¦", [".hidden "]),
        ("open 'my files/¦", ["'my files/a b.csv' "]), ("users lookup @peo¦", ["people.csv "]),
        ("users list | save pl¦", ["plan.json "]),
        ("echo $le¦", ["leavers"]), ("users lookup $leavers.e¦", ["email"]),
        ("users list | where st¦", ["status ", "state ", "street "]),
        // What the stages before leave of the fields, as their signatures say.
        ("users list | select email, zip as code | where ¦", ["email ", "code "]),
        ("users list | sort zip | unique city | where zi¦", ["zip "]),
        ("users list | group city | sort c¦", ["city", "count"]),
        ("users list | count | where ¦", ["count "]), ("users lookup ada | ids | where ¦", ["id "]),
        ("users update ada city=Bern | where out¦", ["outcome "]), ("orgs use x | where ¦", []),
        ("on acme users list | where conn¦", ["connection "]),
        (
            "set ¦",
            [
                "format ", "columns ", "spreadsheet ", "pager ", "api-version ", "trace ", "prompt ", "edit-mode ",
                "accessible ", "for=",
            ]
        ),
        ("set format js¦", ["json "]),
        ("explain OAUTH_SC¦", ["OAUTH_SCOPE_MISMATCH "]), ("help users up¦", ["update "]),
        ("users list | whe¦", ["where "]), ("whe¦", []),
        ("# us¦", []), ("users li¦st", ["list "]), ("nonsense ¦", []), ("users list api-version=¦", []),
    ]

    @Test(arguments: table)
    func `what may stand at the cursor`(text: String, expected: [String]) throws {
        let insertions = try CompletionRig.answer(text).candidates.map(\.insertion)
        #expect(insertions == expected)
    }

    @Test(arguments: [
        (true, true, "users lookup a", "loading people…"), (true, false, "users lookup a", nil),
        (false, true, "users lookup zzz", nil),
        (true, true, "users lookup ids=1", "loading people…"), (true, true, "users list rol=", nil),
        (true, true, "zzz", nil),
    ])
    func `where no user is known yet, completion of people says so`(
        isEmpty: Bool, isRefreshing: Bool, text: String, note: String?
    ) throws {
        let answer = try CompletionRig.completer(isRefreshing: isRefreshing, isEmpty: isEmpty).answer(
            text, cursor: text.unicodeScalars.count)
        #expect(answer.candidates.isEmpty && answer.note == note)
    }

    @Test(arguments: [("users lookup a", "cannot list people: cannot reach \\u{1b}x"), ("users list rol=", nil)])
    func `completion of people says why no user could be fetched, and takes no option for one`(
        text: String, note: String?
    ) throws {
        let completer = try CompletionRig.completer(isEmpty: true, trouble: "cannot reach \u{1B}x")
        let answer = completer.answer(text, cursor: text.unicodeScalars.count)
        #expect(answer.note == note && answer.candidates.isEmpty && !answer.isAwaited)
    }

    @Test func `people are described and neutralised, and their age is told`() throws {
        let answer = try CompletionRig.answer("users lookup evil¦")
        #expect(answer.candidates.map(\.display) == ["\\u{1b}[2Jevil"])
        #expect(answer.candidates.map(\.key) == ["evil@acme.example"])
        #expect(answer.candidates.map(\.description) == ["active · Manager"])
        #expect(answer.candidates.map(\.kind) == [.user])
        #expect(answer.note == "list updated 10 minutes ago")
        #expect(try CompletionRig.answer("users l¦").note == nil)
    }

    @Test func `active people come before disabled ones, and the recent first`() throws {
        #expect(
            try CompletionRig.answer("users lookup ad¦").candidates.map(\.display) == ["Adam Smith", "Ada Lovelace"])
        let recent = try CompletionRig.answer("users lookup ids=¦", recent: ["5550000000000000004"]).candidates
        #expect(recent.first?.insertion == "5550000000000000004")
    }

    @Test(arguments: [
        ("users update ¦", CompletionCandidate.Kind.user), ("users update ada@acme.example ¦", .field),
        ("users update ada@acme.example city=Bern ¦", .field), ("users update city=Bern ¦", .user),
    ])
    func `once somebody is named, fields come before people`(line: String, kind: CompletionCandidate.Kind) throws {
        #expect(try CompletionRig.answer(line).candidates.first?.kind == kind)
    }

    @Test func `who is in the list or the line already is not offered again`() throws {
        let listed = try CompletionRig.answer("users lookup ids=5550000000000000001,5550000000000000002,¦").candidates
            .map(\.insertion)
        #expect(listed == (3...6).map { "555000000000000000\($0)" })
        let named = try CompletionRig.answer("users lookup ADAM@acme.example ad¦").candidates.map(\.display)
        #expect(named == ["Ada Lovelace"])
    }

    @Test func `who is named in full is the only one meant`() throws {
        #expect(try CompletionRig.answer("users lookup 'adam smith¦").candidates.map(\.display) == ["Adam Smith"])
        #expect(
            try CompletionRig.answer("users lookup 5550000000000000003¦").candidates.map(\.display) == ["José García"])
    }

    @Test func `the range is what a candidate replaces, in scalars`() throws {
        for (text, range) in [
            ("users list type=Adm¦", Span(16, 19)), ("users lookup ids=1,ta¦", Span(19, 21)),
            ("x 'e\u{301}' | whe¦", Span(9, 12)), ("users lookup @p¦q", Span(14, 15)),
        ] {
            #expect(try CompletionRig.answer(text).range == range, "\(text)")
        }
    }

    @Test func `a candidate put into the line reads back as itself`() throws {
        for person in CompletionRig.people {
            let answer = try CompletionRig.answer("users lookup \(person.id)¦")
            let insertion = try #require(answer.candidates.first?.insertion)
            let line = "users lookup " + insertion
            let word = Syntax.cursorContext(line, line.unicodeScalars.count).words.last
            #expect(word?.text == person.email)
        }
    }

    @Test func `every prefix of every line has an answer whose range is inside it`() throws {
        let completer = try CompletionRig.completer()
        for (marked, _) in Self.table {
            let text =
                marked.filter { $0 != "¦" }
                + " | each { users update $it.id --yes role=\"a,b } && let x = users get @f,'g"
            let count = text.unicodeScalars.count
            for cursor in 0...count {
                let range = completer.answer(text, cursor: cursor).range
                #expect(range.lower <= range.upper && range.upper <= cursor)
            }
        }
        #expect(completer.answer("users", cursor: 99).range == Span(0, 5))
        #expect(completer.answer("users", cursor: -1).range == Span(0, 0))
    }

    @Test func `people beyond the list are counted, and found by what narrows the menu`() throws {
        let people = (1...500).map {
            CompletionRig.person(String(5_550_000_000_000_000_000 + $0), "Person \($0)", "p\($0)@acme.example")
        }
        var around = CompletionSurroundings(
            directory: PublishedDirectory(DirectorySnapshot(people: people, roles: [], profiles: [], fetchedAt: 1000)))
        around.now = 1000
        let registry = try CommandRegistry([CompletionRig.Users(), CoreModule(version: "1")])
        let line = "users lookup "
        let whole = Completer(registry, around).answer(line, cursor: line.count)
        #expect(whole.note == "first 50 of 500: type to narrow; list updated just now" && whole.isPartial)
        #expect(!whole.candidates.contains { $0.display == "Person 498" })
        around.narrowing = "p498"
        #expect(
            Completer(registry, around).answer(line, cursor: line.count).candidates.first { $0.kind == .user }?.display
                == "Person 498")
        around.narrowing = "498"
        let typed = line + "person"
        let both = Completer(registry, around).answer(typed, cursor: typed.count)
        #expect(
            both.candidates.first { $0.kind == .user }?.display == "Person 498" && both.note == "list updated just now"
                && !both.isPartial)
    }
}
