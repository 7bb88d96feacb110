import Testing
import ZohoClient
import ZohoEmulator
import ZoshTesting

/// Pages that are not what they say: a list is whole, or an error, or both of its numbers are said.
@Suite struct `A listing whose pages lie` {
    private func with(_ faults: String, users: Int = 700, _ body: (Program) async throws -> Void) async throws {
        let program = try await Program.signedIn(users: users) { $0.faults = faults }
        do { try await body(program) } catch {
            await program.close()
            throw error
        }
        await program.close()
    }

    /// What Zoho sends, the page it happens on, and what is said.
    @Test(arguments: [
        (
            "repeat",
            "Zoho sent page 2 with users it has sent before and promises more; the list is incomplete after 200 users"
        ),
        (
            "repeat:#4",
            "Zoho sent page 4 with users it has sent before and promises more; the list is incomplete after 600 users"
        ),
        ("empty:#1", "Zoho sent page 1 without any users and promises more; the list is incomplete after 0 users"),
        ("empty:#3", "Zoho sent page 3 without any users and promises more; the list is incomplete after 400 users"),
        ("noinfo:#1", "Zoho's reply does not say whether more users follow"),
        ("noinfo:#2", "Zoho's reply does not say whether more users follow"),
        // Nothing was asked about since when.
        ("304:#1", "answered HTTP 304 with an empty body"), ("304:#2", "answered HTTP 304 with an empty body"),
        ("nolist:#2", "Zoho's reply does not hold a list of users"),
    ])
    func `ends with an error, never short and never without end`(faults: String, problem: String) async throws {
        // Each reader of the list meets it again: a fault of one page strikes one listing only.
        for line in ["users list | count", "users ids", "users list | where city == Nowhere"] {
            try await with(faults) { program in
                program.emulator.forgetRequests()
                let ending = try await program.run(["-c", line])
                #expect(ending.status == 5 && ending.errors.contains(problem), "\(line): \(ending)")
                #expect(program.emulator.requestCount(.listUsers) < 12)
            }
        }
    }

    @Test func `ends with its own error for a page too`() async throws {
        try await with("empty") { program in
            let ending = try await program.run(["users", "list", "page=2"])
            #expect(
                ending.status == 5 && ending.errors.contains("Zoho sent page 2 without any users and promises more"),
                "\(ending)")
        }
    }

    /// Where the promised page is missing, and what is listed of 700.
    @Test(arguments: [(2, 200), (3, 400), (4, 600)])
    func `says both numbers when a promised page comes as a documented nothing`(page: Int, listed: Int) async throws {
        try await with("204:#\(page)") { program in
            let ending = try await program.run(["-c", "users list | count"])
            #expect(ending.output == "\(listed)\n")
            #expect(ending.status == 0)
            #expect(
                ending.errors.contains(
                    "Zoho counted 700 users and listed \(listed): page \(page) was promised and came empty"),
                "\(ending)")
        }
    }

    @Test func `is read again where the body is missing, and named when it stays so`() async throws {
        try await with("blank:#2") { program in
            let ending = try await program.run(["-c", "users list | count"])
            #expect(ending.output == "700\n", "\(ending)")
        }
    }

    @Test func `never becomes the directory by which names are looked up`() async throws {
        try await with("204:#2") { program in
            // The first look-up by name meets the short listing.
            let first = try await program.run(["users", "find", "a"])
            #expect(first.status == 5, "\(first)")
            #expect(
                first.errors.contains("Zoho counted 700 users and listed 200: page 2 was promised and came empty"),
                "\(first)")
            let second = try await program.run(["-c", "users find a | count"])
            #expect(second.status == 0, "\(second)")
        }
    }
}

/// Numbers that come from a server, a person or a flag, and are larger than anybody means.
@Suite struct `A foreign number` {
    private static let huge = "9223372036854775807"

    @Test(arguments: [
        "9223372036854775807", "9223372036854775806", "99999999999999999999", "-9223372036854775808", "0",
    ])
    func `as Zoho's count never ends the program`(count: String) async throws {
        let program = try await Program.signedIn(users: 900) { $0.faults = "count=\(count)" }
        let listed = try await program.run(["-c", "users list | count"])
        #expect(listed.output == "900\n" && listed.status == 0, "\(listed)")
        let counted = try await program.run(["users", "count"])
        #expect(counted.status < 128)
        await program.close()
    }

    @Test(arguments: [
        ["users", "list", "page=\(huge)"], ["users", "list", "page=\(huge)", "per_page=1"],
        ["users", "list", "limit=\(huge)"],
        ["-c", "users list | first \(huge)"], ["-c", "users list | skip \(huge)"], ["-c", "users list | last \(huge)"],
        ["-c", "users list | each { users list limit=\(huge) | count }"],
        ["users", "list", "modified_since=\(huge)d"], ["users", "list", "--at-most", huge],
        ["users", "list", "page=99999999999999999999"],
        ["users", "lookup", huge], ["api", "get", "users", "page=\(huge)"], ["history", huge],
        ["vault", "autolock", "\(huge)h"],
    ])
    func `of a person never ends the program`(words: [String]) async throws {
        let program = try await Program.signedIn()
        let ending = try await program.run(words)
        #expect(ending.status < 128, "\(ending)")
        await program.close()
    }

    @Test(arguments: [
        ["--users", huge], ["--orgs", huge], ["--latency", huge], ["--faults", "skew=\(huge)"],
        ["--faults", "skew=-\(huge)"],
        ["--faults", "credits=\(huge)"], ["--faults", "concurrency=\(huge)"], ["--faults", "latency=0..\(huge)"],
        ["--faults", "429=\(huge)"], ["--faults", "trickle=\(huge)"], ["--port", huge], ["--seed", "\(huge)0"],
    ])
    func `of the emulator's own flags is an error`(flags: [String]) async throws {
        let child = try ChildProcess(BuiltProduct.path("zoho-emulator"), flags)
        let ending = await Program.ending(of: child)
        #expect(ending.status != 0 && ending.status < 128, "\(ending)")
        #expect(ending.output.isEmpty && ending.errors.contains("Error: "), "\(ending)")
    }

    @Test(arguments: ["\(huge)", "99999999999999999999", "-5", "1e30", "soon"])
    func `in a token reply never ends the program`(life: String) async throws {
        var program = try await Program()
        let token = "1000.0123456789abcdef0123456789abcdef.0123456789abcdef0123456789abcdef"
        let number = life.allSatisfy { $0.isNumber || "-e".contains($0) } && life != "soon" ? life : "\"\(life)\""
        program.emulator.script(
            200,
            #"{"access_token":"\#(token)","refresh_token":"\#(token)","#
                + #""api_domain":"\#(program.emulator.announcement.api)","expires_in":\#(number)}"#,
            for: .token)
        let login = try await program.run(
            ["auth", "login", "acme", "--self-client"], input: program.emulator.announcement.grant_code + "\n")
        #expect(login.status < 128, "\(login)")
        program.environment = [:]
        await program.close()
    }
}
