import Testing
import ZoshKit

@testable import ZohoClient

@Suite struct `Zoho's envelopes` {
    /// Bodies that hold an error, and the code found in them.
    @Test(arguments: [
        (
            429, #"{"code":429,"error":"TOO_MANY_REQUESTS","error_info":"wait"}"#, "TOO_MANY_REQUESTS",
            ZoshError.Kind.rateLimited
        ),
        (429, #"{"code":429,"message":"wait","status":"error"}"#, "429", .rateLimited),
        (
            401, #"{"code":"INVALID_TOKEN","details":{},"message":"invalid oauth token","status":"error"}"#,
            "INVALID_TOKEN", .auth
        ),
        (400, #"{"code":"INVALID_DATA","details":[],"message":"m","status":"error"}"#, "INVALID_DATA", .refused),
        (400, #"{"code":"INVALID_DATA","message":"m","status":"error"}"#, "INVALID_DATA", .refused),
        (
            403, #"{"code":"NO_PERMISSION","details":"Crm_Implied_Manage_Groups","message":"m","status":"error"}"#,
            "NO_PERMISSION", .permission
        ),
        (
            403,
            #"{"code":"NO_PERMISSION","details":{"permissions":"Crm_Implied_Manage_Groups"},"#
                + #""message":"m","status":"error"}"#,
            "NO_PERMISSION", .permission
        ),
        (400, #"{"code":"CANNOT_DELETE","details":{},"message":"m","status":"error"}"#, "CANNOT_DELETE", .refused),
        (200, #"{"user_groups":[{"code":"NEVER_SEEN","message":"m","status":"error"}]}"#, "NEVER_SEEN", .refused),
        (400, #"{"error":"invalid_client"}"#, "invalid_client", .auth),
        (503, #"{"code":"NEVER_SEEN","message":"m","status":"error"}"#, "NEVER_SEEN", .network),
        (401, #"{"code":"NEVER_SEEN","message":"m","status":"error"}"#, "NEVER_SEEN", .auth),
    ])
    func `hold an error`(status: Int, body: String, code: String, kind: ZoshError.Kind) throws {
        let error = try #require(try decodedError(status, body))
        #expect(error.code == code)
        #expect(error.kind == kind)
    }

    @Test(arguments: [
        (200, #"{"users":[{"id":"1","status":"active"}],"info":{"more_records":false}}"#),
        (200, #"{"users":[{"code":"SUCCESS","details":{"id":"1"},"message":"User updated","status":"success"}]}"#),
        (200, #"{"user_groups":[{"code":"SCHEDULED","details":{},"message":"m","status":"scheduled"}]}"#),
        (200, #"{"fields":[{"code":"X","api_name":"code"}]}"#),
        (200, #"{"logs":[{"code":"X","error":"text"}]}"#),
        (200, #"{"count":11}"#),
        (204, ""),
        (304, ""),
        (200, "  \n"),
        (200, "[]"),
    ])
    func `hold no error`(status: Int, body: String) throws {
        #expect(try decodedError(status, body) == nil)
    }

    @Test(arguments: [(404, ""), (500, "{}"), (418, "[1]"), (400, #""text""#)])
    func `with nothing in them are judged by their status`(status: Int, body: String) throws {
        let error = try #require(try decodedError(status, body))
        #expect(error.code == nil)
        #expect(error.problem.hasSuffix("HTTP status \(status)"))
    }

    @Test(arguments: [
        (
            "<html><head><title>502 Bad\u{1B}[31m Gateway</title></head></html>", "text/html", "a web page",
            "502 Bad\u{FFFD}[31m Gateway"
        ),
        ("  \n<!DOCTYPE html><p>Zoho <b>Accounts</b></p>", "application/json", "a web page", "Zoho Accounts"),
        ("Service unavailable", "text/html", "a web page", "Service unavailable"),
        ("upstream timeout", "text/plain", "something that is not JSON", "upstream timeout"),
    ])
    func `that are web pages say so, briefly and harmlessly`(body: String, type: String, what: String, gist: String)
        throws
    {
        let error = try #require(throws: ZoshError.self) {
            try ZohoReply(reply(502, body, contentType: type), from: "www.zohoapis.com")
        }
        #expect(error.kind == .network)
        #expect(error.problem.contains(what) && error.problem.hasSuffix(gist), "\(error.problem)")
        #expect(error.problem.contains("HTTP 502"))
    }

    @Test func `cut short say so`() throws {
        let whole = #"{"users":[{"id":"1","name":"Ada\u00e9","n":[true,1.5]}]}"#
        for count in 1..<whole.utf8.count - 1 {
            let text = String(decoding: Array(whole.utf8).prefix(count), as: UTF8.self)
            let error = #expect(throws: ZoshError.self, "\(text)") { try ZohoReply(reply(200, text), from: "h") }
            #expect(error?.kind == .network)
        }
        let error = try #require(throws: ZoshError.self) { try ZohoReply(reply(200, #"{"users":["#), from: "h") }
        #expect(error.problem == "the reply of h was cut short after 10 bytes (HTTP 200)")
    }

    @Test func `cannot smuggle a page, an escape or a token into a sentence`() throws {
        let token = "1000.0123456789abcdef0123456789abcdef.0123456789abcdef0123456789abcdef"
        let message = "bad \\u001b]0;x\\u0007 \\u202e \(token) \(String(repeating: "long ", count: 500))"
        let error = try #require(
            try decodedError(400, #"{"code":"INVALID_DATA\u001b[2J","message":"\#(message)","status":"error"}"#))
        let text = error.problem + (error.remedy ?? "") + (error.code ?? "")
        #expect(!text.contains("1000."))
        #expect(!text.unicodeScalars.contains { $0.isHostileToTerminals })
        #expect(error.problem.count < 300)
    }

    @Test func `name the missing right and the missing scope`() throws {
        let api =
            #"{"code":"NO_PERMISSION","details":{"permissions":["Crm_Implied_Api_Access"]},"#
            + #""message":"permission denied","status":"error"}"#
        #expect(try decodedError(403, api)?.remedy?.contains("Zoho CRM API Access") == true)
        let scope = ZohoErrorReply(
            status: 401, code: "OAUTH_SCOPE_MISMATCH", message: "invalid oauth scope", details: .null)
        #expect(scope.zoshError(needing: "ZohoCRM.org.READ").remedy?.contains("ZohoCRM.org.READ") == true)
    }

    @Test(arguments: [
        (#"{"api_name":"time_zone","json_path":"$.users[0].time_zone"}"#, "time_zone"),
        (#"{"json_path":"$.users[0]"}"#, "$.users[0]"),
        (#"{"param_name":"ids"}"#, "ids"),
        (#"{"param":"transfer_to"}"#, "transfer_to"),
        (#"{"maximum_length":1,"api_name":"users"}"#, "users, at most 1"),
        (#"{"expected_data_type":"email","api_name":"email"}"#, "email, expected email"),
        (#"{"expected_fields":["a","b"]}"#, "expected a, b"),
        (#"{"supported_version":"v3"}"#, "supported: v3"),
        (#"{"dependee":{"api_name":"shift"}}"#, "depends on shift"),
        (#"{"mapped_field":{"api_name":"decimal_separator"}}"#, "clashes with decimal_separator"),
        (#"{"owner_status":"deleted"}"#, "deleted"),
        (#"{"role_status":"subordinate"}"#, "subordinate"),
        (#"{"limit":"10"}"#, "limit 10"),
        (#"[{"api_name":"a"},{"api_name":"b"}]"#, "a, b"),
        (#""text""#, "text"),
    ])
    func `point at the place`(details: String, place: String) throws {
        let body = #"{"code":"INVALID_DATA","details":\#(details),"message":"m","status":"error"}"#
        #expect(try decodedError(400, body)?.problem == "Zoho refused: m (\(place))")
    }

    @Test(arguments: ["{}", "[]", "null", #"{"id":null}"#, #"{"resource_path_index":1}"#])
    func `without a place name none`(details: String) throws {
        let body = #"{"code":"INVALID_DATA","details":\#(details),"message":"m.","status":"error"}"#
        #expect(try decodedError(400, body)?.problem == "Zoho refused: m")
    }
}
