import Foundation
import Testing
import ZohoEmulator

@Suite struct AuditLogTests {
    private func body(_ criteria: String) -> String { #"{"audit_log_export":[{"criteria":\#(criteria)}]}"# }

    private func between(_ from: String, _ to: String) -> String {
        #"{"field":{"api_name":"audited_time"},"comparator":"between","value":["\#(from)","\#(to)"]}"#
    }

    private func finished(_ caller: LoggedIn, _ id: String) async throws -> JSON {
        let path = "settings/audit_log_export/\(id)"
        let first = try await caller.get(path)
        #expect((first.json["audit_log_export"] as? [JSON])?.first?.text("status") == "Progress")
        let second = try await caller.get(path)
        return try #require((second.json["audit_log_export"] as? [JSON])?.first)
    }

    private func started(_ caller: LoggedIn, _ criteria: String) async throws -> String {
        let reply = try await caller.call("POST", "settings/audit_log_export", body: body(criteria))
        #expect(reply.status == 200, "\(reply.body)")
        let result = try #require((reply.json["audit_log_export"] as? [JSON])?.first)
        #expect(result.text("code") == "SCHEDULED")
        return try #require((result["details"] as? JSON)?.text("id"))
    }

    @Test func `an export tells what callers and others did, and its link ends`() async throws {
        try await withEmulator { emulator in
            let caller = try await LoggedIn.to(emulator)
            let ada = await emulator.userID(1)
            _ = try await caller.call("PUT", "users/\(ada)", body: #"{"users":[{"city":"Bern"}]}"#)
            await emulator.changeInWebPage(2, "city", to: "Rome", by: 3)
            let id = try await started(caller, between("2020-01-01T00:00:00+00:00", "2020-02-01T00:00:00+00:00"))
            let again = try await caller.call("POST", "settings/audit_log_export")
            #expect((again.json["audit_log_export"] as? [JSON])?.first?.text("code") == "ALREADY_SCHEDULED")
            let empty = try await finished(caller, id)
            #expect((empty["download_links"] as? [String])?.count == 1)

            let all = try await finished(
                caller,
                try await started(caller, #"{"field":{"api_name":"action"},"comparator":"equal","value":"updated"}"#))
            let link = try #require((all["download_links"] as? [String])?.first)
            let target = String(link.dropFirst(emulator.announcement.api.count))
            let file = try await caller.get(target)
            let lines = file.body.split(whereSeparator: \.isNewline)
            #expect(lines.count == 3, "\(file.body)")
            #expect(lines[1].contains("\"Updated\",\"Users\",\"\(ada)\""))
            #expect(lines[2].contains(await emulator.userID(2)))
            emulator.clock.advance(by: .seconds(8 * 86_400))
            let late = try await LoggedIn.to(emulator, scopes: ["ZohoFiles.files.READ"])
            #expect(try await late.get(target).status == 404)
        }
    }

    @Test(arguments: [
        (
            #"{"field":{"api_name":"audited_time"},"comparator":"between","#
                + #""value":["2020-01-01T00:00:00+00:00","2020-12-01T00:00:00+00:00"]}"#, "NOT_ALLOWED"
        ),
        (
            #"{"field":{"api_name":"audited_time"},"comparator":"equal","value":"2020-01-01T00:00:00+00:00"}"#,
            "INVALID_DATA"
        ),
        (#"{"field":{"api_name":"colour"},"comparator":"equal","value":"red"}"#, "INVALID_DATA"),
        (#"{"group_operator":"or","group":[{},{}]}"#, "INVALID_DATA"),
        (#"{"group_operator":"and","group":[{}]}"#, "INVALID_DATA"),
    ])
    func `criteria that Zoho does not take are refused`(criteria: String, code: String) async throws {
        try await withEmulator { emulator in
            let caller = try await LoggedIn.to(emulator)
            let reply = try await caller.call("POST", "settings/audit_log_export", body: body(criteria))
            #expect((reply.json["audit_log_export"] as? [JSON])?.first?.text("code") == code, "\(reply.body)")
        }
    }

    @Test func `each call needs its own scope`() async throws {
        try await withEmulator { emulator in
            let reader = try await LoggedIn.to(emulator, scopes: ["ZohoCRM.settings.audit_logs.READ"])
            #expect(try await reader.call("POST", "settings/audit_log_export").code == "OAUTH_SCOPE_MISMATCH")
            #expect(try await reader.get("settings/audit_log_export").status == 204)
            #expect(try await reader.get("/v2/crm/1/auditlog/2/AuditLog.csv").code == "OAUTH_SCOPE_MISMATCH")
        }
    }
}
