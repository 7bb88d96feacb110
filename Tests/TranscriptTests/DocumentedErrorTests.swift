import Testing
import ZohoEmulator
import ZoshTesting

/// The fourteen errors Zoho documents for users: what Zoho sends, and what the person at the prompt sees.
@Suite("The fourteen documented errors")
struct DocumentedErrorTests {
    struct Documented: Sendable, CustomTestStringConvertible {
        let code: String
        let status: Int
        let route: Route
        let line: String
        /// The exit status: 1 when the line failed, 3 when its row did.
        let ends: Int
        /// Words of the remedy that must reach the person.
        let says: String

        var testDescription: String { "\(status) \(code)" }
    }

    static let list = "users list"
    static let add = "users add first_name=A last_name=B email=new@example.com role=Manager profile=Standard --yes"
    static let remove = "users ids limit=2 | skip 1 | users delete --yes"

    static let all: [Documented] = [
        // Get Users (v2).
        Documented(
            code: "INVALID_URL_PATTERN", status: 404, route: .listUsers, line: list, ends: 1,
            says: "INVALID_URL_PATTERN"),
        Documented(
            code: "OAUTH_SCOPE_MISMATCH", status: 401, route: .listUsers, line: list, ends: 4,
            says: "OAUTH_SCOPE_MISMATCH"),
        Documented(code: "NO_PERMISSION", status: 403, route: .listUsers, line: list, ends: 1, says: "NO_PERMISSION"),
        Documented(code: "INTERNAL_ERROR", status: 500, route: .listUsers, line: list, ends: 5, says: "INTERNAL_ERROR"),
        Documented(
            code: "INVALID_REQUEST_METHOD", status: 400, route: .listUsers, line: list, ends: 1,
            says: "INVALID_REQUEST_METHOD"),
        Documented(
            code: "AUTHORIZATION_FAILED", status: 400, route: .listUsers, line: list, ends: 1,
            says: "AUTHORIZATION_FAILED"),
        Documented(
            code: "PATTERN_NOT_MATCHED", status: 400, route: .listUsers, line: list, ends: 1,
            says: "PATTERN_NOT_MATCHED"),
        // Handling users (Kaizen 51).
        Documented(code: "INVALID_DATA", status: 200, route: .deleteUser, line: remove, ends: 3, says: "INVALID_DATA"),
        Documented(code: "DUPLICATE_DATA", status: 400, route: .createUser, line: add, ends: 3, says: "DUPLICATE_DATA"),
        Documented(
            code: "MANDATORY_NOT_FOUND", status: 400, route: .createUser, line: add, ends: 3,
            says: "MANDATORY_NOT_FOUND"),
        Documented(
            code: "LICENSE_LIMIT_EXCEEDED", status: 400, route: .createUser, line: add, ends: 3,
            says: "LICENSE_LIMIT_EXCEEDED"),
        Documented(
            code: "INVALID_REQUEST", status: 400, route: .deleteUser, line: remove, ends: 3, says: "INVALID_REQUEST"),
        Documented(
            code: "ID_ALREADY_DELETED", status: 400, route: .deleteUser, line: remove, ends: 3,
            says: "ID_ALREADY_DELETED"),
        Documented(code: "INACTIVE_USER", status: 403, route: .listUsers, line: list, ends: 1, says: "INACTIVE_USER"),
    ]

    @Test("There are fourteen, each once")
    func fourteen() {
        #expect(Self.all.count == 14)
        #expect(Set(Self.all.map(\.code)).count == 14)
    }

    @Test("An error of Zoho's names its code, its cause and what to do", arguments: all)
    func told(_ error: Documented) async throws {
        let stage = try await Stage([:])
        let record = #"{"code":"\#(error.code)","details":{},"message":"as documented","status":"error"}"#
        // A server error is asked again a few times before it is believed.
        for _ in 0..<(error.status == 500 ? 13 : 1) {
            stage.emulator.script(error.status, error.ends == 3 ? #"{"users":[\#(record)]}"# : record, for: error.route)
        }
        let lines = await stage.play(error.line, [])
        #expect(lines.contains { $0.contains(error.says) }, "\(lines)")
        #expect(lines.last == "=> \(error.ends)", "\(lines)")
        let explained = await stage.play("explain \(error.code)", [])
        #expect(explained.count > 1, "\(explained)")
        #expect(explained.last?.hasPrefix("=>") == false)
        await stage.close()
    }

    @Test("More than a hundred ids in one raw call are refused by Zoho and told")
    func tooManyIDs() async throws {
        let stage = try await Stage(["users": "120"])
        let ids = (0..<101).map { "1\(100_000_000_000_000_000 + $0)" }.joined(separator: ",")
        let lines = await stage.play("api get 'users?ids=\(ids)'", [])
        #expect(lines.last == "=> 1", "\(lines.suffix(4))")
        #expect(lines.contains { $0.contains("explain ") }, "\(lines.suffix(4))")
        await stage.close()
    }
}
