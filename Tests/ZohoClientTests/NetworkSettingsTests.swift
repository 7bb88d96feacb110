import Testing
import ZoshKit

@testable import ZohoClient

@Suite struct `The way to Zoho` {
    /// What the environment holds, and which proxy `https://www.zohoapis.eu` is reached through.
    @Test(
        arguments: [
            ([:], nil),
            (["HTTPS_PROXY": "http://proxy.acme.example:3128"], "proxy.acme.example:3128 (HTTPS_PROXY)"),
            (["https_proxy": "http://lower:1", "HTTPS_PROXY": "http://upper:1"], "lower:1 (https_proxy)"),
            (["https_proxy": "", "HTTPS_PROXY": "http://upper:1"], "upper:1 (HTTPS_PROXY)"),
            (["ALL_PROXY": "http://all:1", "HTTPS_PROXY": "http://own:1"], "own:1 (HTTPS_PROXY)"),
            (["ALL_PROXY": "http://all:1"], "all:1 (ALL_PROXY)"), (["all_proxy": "all:1"], "all:1 (all_proxy)"),
            (["HTTP_PROXY": "http://plain:1", "http_proxy": "http://plain:1"], nil),
            (["HTTPS_PROXY": "proxy"], "proxy:1080 (HTTPS_PROXY)"),
            (["HTTPS_PROXY": "http://proxy/"], "proxy:1080 (HTTPS_PROXY)"),
            (["HTTPS_PROXY": "HTTP://u:p@[::1]:8080/"], "[::1]:8080 (HTTPS_PROXY)"),
            (["HTTPS_PROXY": "http://u:p@ss@proxy:8080"], "proxy:8080 (HTTPS_PROXY)"),
            (["HTTPS_PROXY": "socks5h://socks:1080"], "socks:1080 (HTTPS_PROXY)"),
        ] as [([String: String], String?)])
    func `leads through the proxy that counts`(environment: [String: String], proxy: String?) throws {
        #expect(try NetworkSettings { environment[$0] }.proxy(for: "https://www.zohoapis.eu") == proxy)
    }

    @Test(arguments: [
        "https://proxy:443", "socks4://proxy:1", "socks5://u:p@proxy:1", "http://:3128", "http://proxy:0",
        "http://proxy:65536", "http://pro xy:1",
    ])
    func `is an error for what is no proxy zosh can use, and holds no password`(value: String) {
        let error = #expect(throws: ZoshError.self) {
            try NetworkSettings { $0 == "HTTPS_PROXY" ? value : nil }.proxy(for: "https://www.zohoapis.eu")
        }
        #expect(error?.problem.hasPrefix("HTTPS_PROXY ") == true)
        #expect(error?.problem.contains("u:p") == false)
    }

    @Test(arguments: [
        "http://127.0.0.1:8080", "http://localhost", "https://localhost:1", "https://[::1]:1", "https://127.9.9.9",
        "https://crm.localhost",
    ])
    func `to this machine never leads through a proxy`(address: String) throws {
        #expect(
            try NetworkSettings { $0.hasSuffix("PROXY") && $0 != "NO_PROXY" ? "http://proxy:1" : nil }.proxy(
                for: address) == nil)
    }

    @Test(arguments: [
        ("zoho.eu", true), (".zoho.eu", true), ("*.zoho.eu", true), ("ZOHO.EU.", true), ("a.example, zoho.eu", true),
        ("a.example zoho.eu", true),
        ("*", true), ("accounts.zoho.eu", true), ("accounts.zoho.eu:443", true), ("accounts.zoho.eu:8443", false),
        ("oho.eu", false),
        ("zoho.com", false), ("", false), (",", false), ("accounts", false), ("eu", true),
    ])
    func `leads past the proxy for the hosts of NO_PROXY`(list: String, isExempt: Bool) {
        #expect(NoProxyList(list).covers(host: "accounts.zoho.eu", port: 443) == isExempt)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.1.2.3", true), ("10.0.0.0/8", "11.1.2.3", false), ("10.1.2.3", "10.1.2.3", true),
        ("10.1.2.3", "10.1.2.33", false),
        ("10.1.2.0/31", "10.1.2.1", true), ("10.1.2.0/31", "10.1.2.2", false), ("0.0.0.0/0", "8.8.8.8", true),
        ("10.0.0.0/99", "10.0.0.1", false),
        ("fe80::/10", "[fe80::1]", true), ("[fe80::1]", "[fe80::1]", true), ("fe80::/10", "10.1.2.3", false),
        ("10.0.0.0/8", "accounts.zoho.eu", false),
    ])
    func `leads past the proxy for the networks of NO_PROXY`(list: String, host: String, isExempt: Bool) {
        #expect(NoProxyList(list).covers(host: host, port: 443) == isExempt)
    }

    @Test(
        arguments: [
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Thu, 29 Feb 2024 12:00:00 GMT", 1_709_208_000),
            ("Wed, 29 Feb 2023 12:00:00 GMT", nil), ("Fri, 31 Apr 2026 12:00:00 GMT", nil),
            ("Sun, 00 Nov 1994 08:49:37 GMT", nil),
        ] as [(String, Int64?)])
    func `a day that is in no calendar is no time of a reply`(text: String, seconds: Int64?) {
        #expect(HTTPDate.seconds(text) == seconds)
    }

    @Test(
        arguments: [
            ("7", 7), (" 7", 7), ("0", 0), ("99999999999999999999", Int.max), ("soon", nil), ("", nil), ("-5", nil),
            ("Sun, 06 Nov 1994 08:49:57 GMT", 20), ("Sun, 06 Nov 1994 08:49:07 GMT", 0),
        ] as [(String, Int?)])
    func `back is where Retry-After says, in either of its forms`(text: String, seconds: Int?) {
        #expect(RetryAfter.seconds(text, now: HTTPDate.seconds("Sun, 06 Nov 1994 08:49:37 GMT")) == seconds)
    }
}
