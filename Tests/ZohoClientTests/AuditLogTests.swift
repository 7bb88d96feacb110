import Testing
import ZohoEmulator
import ZoshKit

@testable import ZohoClient

@Suite struct AuditLogTests {
    @Test func `what anybody did is read, once Zoho has made a file of it`() async throws {
        try await Stage.with { stage in
            let now = Int64(stage.emulator.clock.secondsSince1970)
            await stage.emulator.changeInWebPage(2, "city", to: "Rome, \"Eternal\"", by: 3)
            let rows = try await stage.service.auditLog(from: now - 3600, through: now + 3600)
            #expect(rows.count == 1)
            #expect(rows[0].string("id") == (await stage.emulator.userID(2)))
            #expect(rows[0].string("action") == "Updated" && rows[0].string("module") == "Users")
            #expect(rows[0].string("at").flatMap { Timestamp($0)?.instant } == now)
            #expect(stage.emulator.requestCount(.startAuditExport) == 1)
        }
    }

    @Test func `one export at a time is said with what to do`() async throws {
        try await Stage.with { stage in
            let record = #"{"status":"error","code":"ALREADY_SCHEDULED","message":"x","details":{"id":"5"}}"#
            stage.emulator.script(400, #"{"audit_log_export":[\#(record)]}"#, for: .startAuditExport)
            let error = await #expect(throws: ZoshError.self) {
                _ = try await stage.service.auditLog(from: 1, through: 2)
            }
            #expect(error?.kind == .refused && error?.remedy == "try again in some minutes")
        }
    }

    private func scripted(_ export: String, _ emulator: Emulator, times: Int = 1) {
        for _ in 0..<times {
            emulator.script(200, #"{"audit_log_export":[\#(export)]}"#, for: .getAuditExport)
        }
    }

    @Test func `an export that does not end is given up after ten minutes`() async throws {
        try await Stage.with { stage in
            scripted(#"{"id":"1","status":"Progress"}"#, stage.emulator, times: 100)
            let error = await #expect(throws: ZoshError.self) {
                _ = try await stage.service.auditLog(from: 1, through: 2)
            }
            #expect(error?.problem.contains("after 10 minutes") == true)
            #expect(stage.emulator.requestCount(.getAuditExport) < 60)
        }
    }

    @Test(arguments: [
        (#"{"id":"1","status":"Failed"}"#, "could not export"),
        (
            #"{"id":"1","status":"Finished","download_links":["https://download.zoho.example/v2/x"]}"#,
            "not one of this data centre"
        ),
    ])
    func `one that failed, or lies elsewhere, is not read`(export: String, problem: String) async throws {
        try await Stage.with { stage in
            scripted(export, stage.emulator)
            let error = await #expect(throws: ZoshError.self) {
                _ = try await stage.service.auditLog(from: 1, through: 2)
            }
            #expect(error?.problem.contains(problem) == true)
        }
    }

    @Test func `a missing scope names what adds it`() async throws {
        try await Stage.with(scopes: ["ZohoCRM.users.ALL"]) { stage in
            let error = await #expect(throws: ZoshError.self) {
                _ = try await stage.service.auditLog(from: 1, through: 2)
            }
            #expect(error?.remedy?.contains("auth extend ZohoCRM.settings.audit_logs.CREATE") == true)
        }
    }

    @Test(arguments: [
        ("https://www.zohoapis.eu", "https://download.zoho.eu/v2/crm/1/auditlog/2/AuditLog.csv", true),
        ("https://www.zohoapis.com.au", "https://download.zoho.com.au/v2/x", true),
        ("https://www.zohoapis.ca", "https://download.zohocloud.ca/v2/x", true),
        ("https://www.zohoapis.eu", "https://download-accl.zoho.eu/v2/x?y=1", true),
        ("https://www.zohoapis.eu", "https://www.zohoapis.eu/crm/v8/x", true),
        ("http://127.0.0.1:80", "http://127.0.0.1:80/v2/x", true),
        // Another data centre, another host, a look-alike, a trick with the user part, no TLS.
        ("https://www.zohoapis.eu", "https://download.zoho.com/v2/x", false),
        ("https://www.zohoapis.eu", "https://files.zoho.eu/v2/x", false),
        ("https://www.zohoapis.eu", "https://download.zoho.eu.evil.example/v2/x", false),
        ("https://www.zohoapis.eu", "https://download.zoho.eu@evil.example/v2/x", false),
        ("https://www.zohoapis.eu", "http://download.zoho.eu/v2/x", false),
        ("https://www.zohoapis.eu", "https://download.zoho.eu:8443/v2/x", false),
        ("https://crm.evil.example", "https://download.zoho.example/v2/x", false),
        ("https://www.zohoapis.eu", "https://download.zoho.eu", false),
        ("https://www.zohoapis.eu", "https://download.zoho.eu/a b", false),
        ("https://www.zohoapis.eu", "/v2/x", false),
    ])
    func `the token goes to the data centre's own hosts and to no other`(api: String, link: String, isOurs: Bool) {
        if isOurs {
            #expect(throws: Never.self) { _ = try AuditLogFile.place(of: link, for: api) }
        } else {
            #expect(throws: ZoshError.self) { _ = try AuditLogFile.place(of: link, for: api) }
        }
    }

    @Test func `columns are found by their names`() throws {
        let text =
            "\u{FEFF}\"Module Name\",\"Time\",\"Action\",\"Record Name\"\r\n"
            + "\"Users\",\"2026-01-01T00:00:00Z\",\"Added\",\"A \"\"B\"\", C\nD\"\r\n"
        let rows = try AuditLogTable.rows(of: Array(text.utf8))
        #expect(rows.count == 1)
        #expect(rows[0].string("subject") == "A \"B\", C\nD")
        #expect(rows[0]["id"]?.isNull == true && rows[0]["who"]?.isNull == true)
        #expect(try AuditLogTable.rows(of: []).isEmpty)
        let error = #expect(throws: ZoshError.self) { try AuditLogTable.rows(of: Array("When,What\n1,2\n".utf8)) }
        #expect(error?.problem.contains("it has: when, what") == true)
    }
}
