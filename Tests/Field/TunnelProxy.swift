import Foundation
import Glibc
import Synchronization

/// A company's proxy: takes `CONNECT`, and leads every tunnel to the same port of this machine, whatever host was
/// named.
final class TunnelProxy: Sendable {
    enum Manner: Sendable {
        case open
        /// Asks for this header before it opens a tunnel.
        case login(String)
        case refusing(Int)
        /// Takes the connection and says nothing.
        case silent
    }

    let port: UInt16
    private let listener: CInt
    private let manner: Manner
    private let heads = Mutex<[String]>([])

    init(_ manner: Manner = .open) throws {
        self.manner = manner
        let listener = socket(AF_INET, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = Self.loopback(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let size = length
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                bind(listener, raw, size) == 0 && listen(listener, 16) == 0 && getsockname(listener, raw, &length) == 0
            }
        }
        guard bound else { throw CocoaError(.fileNoSuchFile) }
        port = UInt16(bigEndian: address.sin_port)
        self.listener = listener
        Thread.detachNewThread { [self] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                Thread.detachNewThread { [self] in serve(client) }
            }
        }
    }

    /// The first lines of what was asked, in order.
    var requests: [String] { heads.withLock { $0.map { String($0.prefix { $0 != "\r\n" }) } } }

    func close() { shutdown(listener, CInt(SHUT_RDWR)) }

    private func serve(_ client: CInt) {
        defer { Glibc.close(client) }
        var head = ""
        var byte: UInt8 = 0
        while !head.hasSuffix("\r\n\r\n"), recv(client, &byte, 1, 0) == 1 {
            head.unicodeScalars.append(Unicode.Scalar(byte))
        }
        heads.withLock { $0.append(head) }
        switch manner {
        case .silent:
            while recv(client, &byte, 1, 0) == 1 {}
            return
        case .refusing(let status): return say("HTTP/1.1 \(status) No\r\nContent-Length: 0\r\n\r\n", to: client)
        case .login(let wanted) where !head.lowercased().contains("proxy-authorization: \(wanted)".lowercased()):
            return say("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n", to: client)
        default: break
        }
        let target =
            head.split(separator: " ").dropFirst().first.flatMap { $0.split(separator: ":").last }.flatMap {
                UInt16($0)
            } ?? 0
        let server = socket(AF_INET, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { Glibc.close(server) }
        var address = Self.loopback(target)
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard connected else { return say("HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n", to: client) }
        say("HTTP/1.1 200 OK\r\n\r\n", to: client)
        var ends = [client, server].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while poll(&ends, 2, -1) > 0 {
            for side in 0..<2 where ends[side].revents != 0 {
                let count = recv(ends[side].fd, &chunk, chunk.count, 0)
                guard count > 0, send(ends[1 - side].fd, chunk, count, CInt(MSG_NOSIGNAL)) == count else { return }
            }
        }
    }

    private func say(_ text: String, to client: CInt) { _ = send(client, text, text.utf8.count, CInt(MSG_NOSIGNAL)) }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        return address
    }
}
