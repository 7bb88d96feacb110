internal import Foundation
internal import FoundationNetworking
internal import Glibc

/// A person in front of a browser, as far as a login needs one: opens an address, decides on the emulator's consent
/// page, and may go where that leads.
public struct PlayedBrowser: Sendable {
    public struct Page: Sendable {
        public let status: Int
        public let text: String
        /// Where it ended after redirects.
        public let address: String
        public let headers: [String: String]
    }

    public struct Failure: Error, CustomStringConvertible {
        public let description: String
        public init(description: String) { self.description = description }
    }

    public init() {}

    /// Opens an authorization address and decides; follows a redirect to another data centre first.
    /// - Returns: the address Zoho sends the browser to, not yet visited.
    public func decide(_ decision: String, at address: String) async throws -> String {
        let consent = try await open(address)
        guard consent.text.contains("Accept") else { throw Failure(description: "no consent page: \(consent.text)") }
        let answer = try await send(consent.address, form: "decision=\(decision)", following: false)
        guard let target = answer.headers["location"] else { throw Failure(description: "no redirect: \(answer.text)") }
        return target
    }

    public func open(_ address: String, host: String? = nil) async throws -> Page {
        try await send(address, host: host, following: true)
    }

    /// A port without a listener, on either loopback address, outside the range the system hands out by itself: another
    /// test's server could be given a port of that range between now and its use.
    public static func freePort() -> Int {
        while true {
            let port = Int.random(in: 20_000..<32_000)
            let door = socket(AF_INET6, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(door) }
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_addr = in6addr_any
            address.sin6_port = in_port_t(port).bigEndian
            let result = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(door, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
                }
            }
            if result == 0 { return port }
        }
    }

    private func send(_ address: String, form: String? = nil, host: String? = nil, following: Bool) async throws -> Page
    {
        guard let url = URL(string: address) else { throw Failure(description: "no address: \(address)") }
        var request = URLRequest(url: url)
        if let form {
            request.httpMethod = "POST"
            request.httpBody = Data(form.utf8)
            request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
        }
        if let host { request.setValue(host, forHTTPHeaderField: "Host") }
        let redirects = Redirects(following: following)
        let session = URLSession(configuration: .ephemeral, delegate: redirects, delegateQueue: nil)
        defer { session.finishTasksAndInvalidate() }
        let (data, response) = try await session.data(for: request)
        guard let answer = response as? HTTPURLResponse else {
            throw Failure(description: "no HTTP reply from \(address)")
        }
        var headers: [String: String] = [:]
        for (name, value) in answer.allHeaderFields { headers["\(name)".lowercased()] = "\(value)" }
        return Page(
            status: answer.statusCode, text: String(decoding: data, as: UTF8.self),
            address: answer.url?.absoluteString ?? address,
            headers: headers)
    }

    private final class Redirects: NSObject, URLSessionTaskDelegate {
        private let following: Bool

        init(following: Bool) { self.following = following }

        func urlSession(
            _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
            newRequest request: URLRequest,
            completionHandler: @escaping @Sendable (URLRequest?) -> Void
        ) { completionHandler(following ? request : nil) }
    }
}
