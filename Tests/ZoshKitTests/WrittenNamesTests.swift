import Testing
import ZoshKit

/// Ids and e-mails as they are found in files and mails.
struct WrittenNamesTests {
    @Test(arguments: [
        "ada@x.example", " ada@x.example ", "\u{A0}ada@x.example\u{200B}", "\u{FEFF}ada@x.example",
        "\u{2003}ada@x.example\t", "mailto:ada@x.example",
        "MAILTO:ada@x.example?subject=hi", "<ada@x.example>", "Ada Lovelace <ada@x.example>",
        "\"Lovelace, Ada\" <ada@x.example>;", "ada@x.example;",
        "ada@x.example,", "'ada@x.example", "'ada@x.example'", "\"ada@x.example\"", "=\"ada@x.example\"",
        "Ada@x.example <ada@x.example>", "<mailto:ada@x.example>",
    ])
    func `an address is cleaned of what stands around it`(text: String) throws {
        #expect(try WrittenEmail(text).text == "ada@x.example")
    }

    @Test(arguments: [
        "", "ada", "@x.example", "ada@", "ada@@x.example", "ada b@x.example", "ada@x.example b@x.example",
        "ada@x.example; bob@x.example",
        "Ada <ada@x.example>; Bob <bob@x.example>", "ada\u{200B}l@x.example", "ada@x..example", "ada@.example",
        "ada@x,example", "ada@x.example.", "#N/A",
    ])
    func `what is not one address is refused, with everything unseen shown`(text: String) {
        let fault = #expect(throws: WrittenEmail.Fault.self) { try WrittenEmail(text) }
        #expect(fault?.reason.unicodeScalars.contains { $0.isUnseen && $0 != " " } == false)
    }

    @Test(arguments: [
        ("4.15E+18", true, "4150868000000411014"), ("4,15087E+18", true, "4150868000000411014"),
        ("4.15E+18", false, "4250868000000411014"),
        ("4,150,868,000,000,411,014", true, "4150868000000411014"),
        ("4.150.868.000.000.411.014", true, "4150868000000411014"),
        ("4150868000000411014.0", true, "4150868000000411014"),
        ("4150868000000411014,00", false, "4150868000000411015"),
        ("4150868000000410000", true, "4150868000000410014"), ("4150868000000410000", false, "4150868000000420014"),
        ("4 150 868 000 000 411 014", true, "4150868000000411014"),
        ("9.99E+400", false, "4150868000000411014"),
    ])
    func `an id that a spreadsheet changed is known as one`(text: String, mayBe: Bool, id: String) {
        #expect(WrittenID(text).isDamaged)
        #expect(WrittenID(text).isRemnant(of: id) == mayBe)
    }

    @Test(arguments: [
        ("4150868000000411014", "4150868000000411014"), ("'4150868000000411014", "4150868000000411014"),
        ("=\"4150868000000411014\"", "4150868000000411014"),
        ("zcrm_4150868000000411014", "4150868000000411014"), ("\u{200B}42\u{A0};", "42"),
        ("123456789012000", "123456789012000"),
    ])
    func `an id is cleaned of what stands around it`(text: String, id: String) {
        #expect(WrittenID(text).digits == id && !WrittenID(text).isDamaged)
    }

    @Test func `no text is a trap`() {
        for text in [
            "", "e", "E+", "1E", "1E+999", ".0", "1.", ",", "६", "１２３", "-1", "99999999999999999999999999999",
            String(repeating: "9", count: 5000), "1,,2", "1E+999999",
        ] {
            _ = WrittenID(text).isRemnant(of: "4150868000000411014")
        }
        #expect(WrittenID("６").digits == nil)
    }

    @Test(arguments: [
        ("id", PersonHeading.id), ("User Id", .id), ("USER_ID", .id), ("email", .email), (" E-Mail ", .email),
        ("Email Address [Required]", .email),
        ("userPrincipalName", .email), ("Work E-mail", .email), ("WORK_EMAIL", .email), ("mail", .email),
        ("user_email", .email),
    ])
    func `headings name a user however they are written`(heading: String, meaning: PersonHeading) {
        #expect(PersonHeading(heading) == meaning)
    }

    @Test(arguments: [
        "zuid", "Employee ID", "manager_email", "Private Email", "role.id", "name", "", "e", "Email sent",
    ])
    func `other headings do not`(heading: String) { #expect(PersonHeading(heading) == nil) }

    @Test(arguments: ["manager", "Manager_Email", "Reporting_To", "reports to", "Created By", "requested_by", "Owner"])
    func `a heading of another person names nobody, alone or among others`(heading: String) {
        #expect(PersonHeading.isAnother(heading))
        let alone: Row = [heading: "grace@x.example"]
        let inside: Row = [heading: .row(["email": "grace@x.example"])]
        for rows in [[alone], [inside], [["email": "ada@x.example"], alone], [["email": "ada@x.example"], inside]] {
            let claims = PersonClaim.claims(of: rows)
            #expect(claims.count == rows.count && claims.last?.fault != nil && claims.last?.emails.isEmpty == true)
        }
    }

    @Test func `a heading nobody knows names users only where all rows have it`() {
        let ada: Row = ["login": "ada@x.example"]
        #expect(PersonClaim.claims(of: [ada, ["login": "bob@x.example"]]).allSatisfy { $0.fault == nil })
        for other: Row in [["email": "bob@x.example"], ["other": "bob@x.example"], ["login": "b", "city": "Rome"]] {
            #expect(PersonClaim.claims(of: [ada, other])[0].fault != nil)
        }
        #expect(PersonClaim.claims(of: [ada]) { $0 == "login" }[0].fault == .noColumn(["login"]))
    }

    @Test(arguments: [
        (#"{"a":1,"a":2}"#, 7), (#"{"b":{"a":1,"c":2,"a":3}}"#, 18), (#"[{"a":1},{"a":1,"b":2,"a":2}]"#, 22),
    ])
    func `an object of a file that names a field twice is refused at the second`(text: String, offset: Int) {
        var lines = JSONReader.Lines(refusesRepeatedNames: true)
        let failure = #expect(throws: JSONReader.Failure.self) { try lines.value(of: Array(text.utf8)) }
        #expect(failure?.offset == offset && failure?.reason == "the object names 'a' twice")
        #expect(throws: Never.self) { try JSONReader.value(of: text) }
    }

    @Test func `a row stays where it was read when its fields change`() {
        var row = Row(shape: Shape(["a", "b"], origin: RowOrigin(file: "f.csv", line: 7)), values: ["1", "2"])
        row["c"] = "3"
        row["a"] = nil
        #expect(row.origin?.description == "f.csv:7")
        #expect(row == ["b": "2", "c": "3"])
        #expect(row.located(at: nil).origin == nil)
    }
}
