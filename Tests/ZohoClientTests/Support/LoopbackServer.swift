import Dispatch
import Glibc
import Synchronization

/// Answers connections with fixed bytes, one script a connection, for replies no honest server sends.
///
/// Each connection gets one request read and the next script; the last one repeats. An empty script closes the
/// connection without a word. One that keeps its connections does the same for each request on them.
final class LoopbackServer: Sendable {
    let origin: String
    private let port: UInt16
    private let descriptor: Int32
    private let isKeeping: Bool
    private let state: Mutex<(scripts: [[UInt8]], requests: [(text: String, connection: Int)], connections: Int)>

    convenience init(_ scripts: String..., keeping: Bool = false) throws {
        try self.init(scripts.map { Array($0.utf8) }, keeping: keeping)
    }

    init(_ scripts: [[UInt8]], keeping: Bool = false) throws {
        isKeeping = keeping
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let size = length
        let port: UInt16? = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw -> Int32 in
                bind(listener, raw, size) == 0 && listen(listener, 16) == 0 ? getsockname(listener, raw, &length) : -1
            } == 0 ? UInt16(bigEndian: pointer.pointee.sin_port) : nil
        }
        guard let port else { throw POSIXFailure(code: errno) }
        self.port = port
        origin = "http://127.0.0.1:\(port)"
        state = Mutex((scripts, [], 0))
        descriptor = listener
        DispatchQueue(label: "loopback").async { [self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                serve(connection)
            }
        }
    }

    /// One more script, for the connection after those there are.
    func add(_ script: String) { state.withLock { $0.scripts.append(Array(script.utf8)) } }

    /// Everything received so far, one text a request.
    var requests: [String] { state.withLock { $0.requests.map(\.text) } }

    /// On which connection each of them came, counted from 1.
    var requestConnections: [Int] { state.withLock { $0.requests.map(\.connection) } }

    /// How many connections there have been.
    var connections: Int { state.withLock { $0.connections } }

    /// Stops listening: later connections are refused.
    ///
    /// The port is kept, bound and deaf, or another test running beside this one would be given it.
    func close() {
        shutdown(descriptor, Int32(SHUT_RDWR))
        let keeper = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var yes: CInt = 1
        setsockopt(keeper, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<CInt>.size))
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                _ = bind(keeper, raw, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    private func serve(_ connection: Int32) {
        state.withLock { $0.connections += 1 }
        repeat {} while answer(on: connection) && isKeeping
        Glibc.close(connection)
    }

    /// Whether there was a request and a script for it.
    private func answer(on connection: Int32) -> Bool {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !Self.isComplete(bytes) {
            let count = read(connection, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        guard !isKeeping || !bytes.isEmpty else { return false }
        let reply = state.withLock { state in
            state.requests.append((String(decoding: bytes, as: UTF8.self), state.connections))
            return state.scripts.count > 1 ? state.scripts.removeFirst() : state.scripts.first ?? []
        }
        var rest = reply[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return !reply.isEmpty
    }

    private static func isComplete(_ bytes: [UInt8]) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let head = text.firstRange(of: "\r\n\r\n") else { return false }
        let length = text.lowercased().firstRange(of: "content-length: ").flatMap { found in
            Int(text.lowercased()[found.upperBound...].prefix { $0 != "\r\n" && $0.isNumber })
        }
        return text[head.upperBound...].utf8.count >= length ?? 0
    }

    /// A whole reply with its length, after which the connection ends.
    static func reply(_ status: Int, _ body: String, _ headers: [String] = ["Content-Type: application/json"]) -> String
    {
        let lines = ["HTTP/1.1 \(status) X", "Content-Length: \(body.utf8.count)", "Connection: close"] + headers
        return lines.joined(separator: "\r\n") + "\r\n\r\n" + body
    }
}

struct POSIXFailure: Error { let code: Int32 }
