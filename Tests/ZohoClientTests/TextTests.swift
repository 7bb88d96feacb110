import Testing
import ZohoEmulator
import ZoshKit

@testable import ZohoClient

@Suite struct `Text on its way out` {
    private static let token = "1000.0123456789abcdef0123456789abcdef.0123456789ABCDEF0123456789abcdef"

    @Test(arguments: [
        ("\(token)", "‹redacted›"), ("a \(token) b", "a ‹redacted› b"), ("code=\(token)&x=1", "code=‹redacted›&x=1"),
        ("1004.\(token.dropFirst(5))", "‹redacted›"), ("\(token)\(token)", "‹redacted›‹redacted›"),
        ("1000.0123.4567", "1000.0123.4567"), ("10.0.0.1", "10.0.0.1"), ("", ""),
    ])
    func `holds no token`(text: String, clean: String) { #expect(Redaction.redacted(text) == clean) }

    @Test(arguments: [
        ("a b", "a%20b"), ("a+b&c=d", "a%2Bb%26c%3Dd"), ("é", "%C3%A9"), ("a,b", "a%2Cb"), ("~-._", "~-._"),
        ("\r\n", "%0D%0A"),
    ])
    func `is escaped in an address`(text: String, escaped: String) { #expect(URLText.escaped(text) == escaped) }

    @Test func `keeps the commas of ids`() {
        #expect(URLText.query([(name: "ids", value: "1,2"), (name: "a b", value: "&")]) == "ids=1,2&a%20b=%26")
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func `is base64 as RFC 4648 has it`(text: String, encoded: String) {
        #expect(Base64.encoded(Array(text.utf8)) == encoded)
    }

    @Test(arguments: [
        ("users", "/users"), ("/users/1", "/users/1"), ("settings//roles/", "/settings/roles"),
        ("users/actions/count", "/users/actions/count"),
        ("users/a b", "/users/a%20b"), ("users/ü", "/users/%C3%BC"),
    ])
    func `is a path below the version`(typed: String, path: String) throws {
        #expect(try RawPath.checked(typed) == path)
    }

    @Test(arguments: [
        "", "/", "https://evil.example/x", "//evil.example", "../oauth", "users/../../x", "users?ids=1", "users#x",
        "./x",
    ])
    func `is no path when it leads elsewhere`(typed: String) {
        #expect(throws: ZoshError.self) { try RawPath.checked(typed) }
    }

    @Test func `passes a raw read through, and a refusal as an error`() async throws {
        try await Stage.with(users: 3) { stage in
            let reply = try await stage.service.get("users", query: [(name: "per_page", value: "2")], version: .v7)
            #expect(reply.status == 200)
            #expect(reply.body["users"].list?.count == 2)
            #expect(stage.emulator.recentRequests.last?.path == "/crm/v7/users")
            let empty = try await stage.service.get("users", query: [(name: "page", value: "9")], version: nil)
            #expect(empty.status == 204 && empty.body.isNull)
            let many = (1...101).map(String.init).joined(separator: ",")
            let error = await zoshError {
                _ = try await stage.service.get("users", query: [(name: "ids", value: many)], version: nil)
            }
            #expect(error?.code != nil)
            #expect(
                await zoshError { _ = try await stage.service.get("nothing", query: [], version: nil) }?.code
                    == "INVALID_URL_PATTERN")
        }
    }
}
