import Testing
import ZoshKit

@testable import ZohoClient

/// The fourteen errors of Get Users (v2) and of Kaizen #51, in the envelope each comes in.
struct DocumentedError: Sendable, CustomTestStringConvertible {
    let status: Int
    let code: String
    let body: String
    let kind: ZoshError.Kind
    let shown: String

    var testDescription: String { "\(status) \(code)" }

    /// The whole request failed.
    static func top(
        _ status: Int, _ code: String, _ message: String, _ kind: ZoshError.Kind, _ shown: String,
        details: String = "{}"
    ) -> Self {
        Self(
            status: status, code: code,
            body: #"{"code":"\#(code)","details":\#(details),"message":"\#(message)","status":"error"}"#, kind: kind,
            shown: shown)
    }

    /// One record failed.
    static func record(
        _ status: Int, _ code: String, _ message: String, _ kind: ZoshError.Kind, _ shown: String,
        details: String = "{}"
    ) -> Self {
        let inner = top(status, code, message, kind, shown, details: details)
        return Self(status: status, code: code, body: #"{"users":[\#(inner.body)]}"#, kind: kind, shown: shown)
    }

    static let all: [DocumentedError] = [
        .top(
            404, "INVALID_URL_PATTERN", "Please check if the URL trying to access is a correct one", .notFound,
            "Zoho does not know this address: Please check if the URL trying to access is a correct one"),
        .top(401, "OAUTH_SCOPE_MISMATCH", "Unauthorized", .auth, "Zoho does not accept the login: Unauthorized"),
        .top(
            403, "NO_PERMISSION", "Permission denied to read", .permission,
            "Zoho does not allow this: Permission denied to read (needs Crm_Implied_Manage_Users)",
            details: #"{"permissions":["Crm_Implied_Manage_Users"]}"#),
        .top(500, "INTERNAL_ERROR", "Internal Server Error", .network, "Zoho failed: Internal Server Error"),
        .top(
            400, "INVALID_REQUEST_METHOD", "The http request method type is not a valid one", .refused,
            "Zoho refused: The http request method type is not a valid one"),
        .top(
            400, "AUTHORIZATION_FAILED", "User does not have sufficient privilege to read users", .permission,
            "Zoho does not allow this: User does not have sufficient privilege to read users"),
        .top(
            400, "PATTERN_NOT_MATCHED", "Please check whether the input values are correct", .refused,
            "Zoho refused: Please check whether the input values are correct (type)", details: #"{"api_name":"type"}"#),
        .record(
            200, "INVALID_DATA", "The ID given seems to be invalid", .refused,
            "Zoho refused: The ID given seems to be invalid (id 4150868000009999999)",
            details: #"{"id":"4150868000009999999"}"#),
        .record(
            400, "DUPLICATE_DATA", "Failed to add user as the email id is already present.", .refused,
            "Zoho refused: Failed to add user as the email id is already present"),
        .record(
            400, "MANDATORY_NOT_FOUND", "One of the mandatory key is missing.", .refused,
            "Zoho refused: One of the mandatory key is missing (last_name)",
            details: #"{"api_name":"last_name","json_path":"$.users[0].last_name"}"#),
        .record(
            400, "LICENSE_LIMIT_EXCEEDED", "Request exceeds your license limit. Need to upgrade in order to add",
            .refused,
            "Zoho refused: Request exceeds your license limit. Need to upgrade in order to add"),
        .record(
            400, "INVALID_REQUEST", "Primary contact cannot be deleted", .refused,
            "Zoho refused: Primary contact cannot be deleted"),
        .record(
            400, "ID_ALREADY_DELETED", "User is already deleted", .refused,
            "Zoho refused: User is already deleted ($.users[0].id)", details: #"{"id":"1","json_path":"$.users[0].id"}"#
        ),
        .top(
            403, "INACTIVE_USER", "Inactive user cannot access the API.", .permission,
            "Zoho does not allow this: Inactive user cannot access the API"),
    ]
}

@Suite struct `The fourteen documented errors` {
    private static let right = "have an administrator give your profile the right Crm_Implied_Manage_Users"

    @Test func `are fourteen`() { #expect(Set(DocumentedError.all.map(\.code)).count == 14) }

    @Test(arguments: DocumentedError.all)
    func `have their kind, code, sentence and remedy`(documented: DocumentedError) throws {
        let error = try #require(try decodedError(documented.status, documented.body))
        #expect(error.kind == documented.kind)
        #expect(error.code == documented.code)
        #expect(error.problem == documented.shown)
        #expect(
            error.remedy
                == (documented.code == "NO_PERMISSION" ? Self.right : ErrorGuide.entry(for: documented.code)?.remedy))
    }

    @Test(arguments: DocumentedError.all)
    func `are explained`(documented: DocumentedError) throws {
        let guide = try #require(ErrorGuide.entry(for: documented.code))
        #expect(guide.statuses.contains(documented.status))
        #expect(guide.kind == documented.kind)
        #expect(guide.meaning.hasSuffix("."))
        #expect(!guide.remedy.isEmpty && !guide.remedy.hasSuffix("."))
    }

    @Test(arguments: DocumentedError.all)
    func `are the same error in either envelope and under any status`(documented: DocumentedError) throws {
        let bare =
            documented.body.hasPrefix(#"{"users""#)
            ? String(documented.body.dropFirst(10).dropLast(2)) : documented.body
        for status in [200, 201, 207, 400, 403] {
            for body in [bare, #"{"users":[\#(bare)]}"#] {
                #expect(try decodedError(status, body)?.code == documented.code, "\(status) \(body)")
            }
        }
    }
}
