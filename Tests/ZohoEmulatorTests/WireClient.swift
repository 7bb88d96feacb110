import Foundation
import Glibc

/// A request over a socket of its own, and the reply byte for byte.
///
/// An HTTP library would hide what these tests look at: bodies where there must be none, cut
/// connections, header spelling. Every request closes its connection.
struct WireReply: Sendable {
    var status: Int
    var headers: [String: String]
    var body: String
    /// Whether the body is as long as its Content-Length says.
    var isComplete: Bool
}

enum WireFailure: Error, Equatable {
    case refused
    case cut
}

func send(
    _ method: String, _ url: String, headers: [String: String] = [:], body: String = ""
) async throws -> WireReply {
    try await withCheckedThrowingContinuation { continuation in
        // A thread of its own: one that blocks in a queue's pool would hold up the emulator's tasks.
        Thread.detachNewThread {
            continuation.resume(with: Result { try exchange(method, url, headers, body) })
        }
    }
}

private func exchange(_ method: String, _ url: String, _ headers: [String: String], _ body: String) throws -> WireReply
{
    let address = url.dropFirst("http://".count)
    let slash = address.firstIndex(of: "/") ?? address.endIndex
    let port = address[..<slash].split(separator: ":").last.flatMap { UInt16($0) } ?? 80
    let target = slash == address.endIndex ? "/" : String(address[slash...])
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_port = port.bigEndian
    place.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let connected = withUnsafePointer(to: &place) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
    guard connected == 0 else { throw WireFailure.refused }
    var text = "\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n"
    for (name, value) in headers { text += "\(name): \(value)\r\n" }
    if !body.isEmpty { text += "Content-Length: \(body.utf8.count)\r\n" }
    let bytes = Array((text + "\r\n" + body).utf8)
    var sent = 0
    while sent < bytes.count {
        let count = bytes[sent...].withUnsafeBytes {
            Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard count > 0 else { throw WireFailure.cut }
        sent += count
    }
    var received: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = read(descriptor, &chunk, chunk.count)
        if count < 0 && received.isEmpty { throw WireFailure.cut }
        guard count > 0 else { break }
        received += chunk[..<count]
    }
    return try parse(received)
}

private func parse(_ bytes: [UInt8]) throws -> WireReply {
    let blank = Array("\r\n\r\n".utf8)
    guard let gap = bytes.indices.first(where: { bytes[$0...].starts(with: blank) }) else { throw WireFailure.cut }
    let lines = String(decoding: bytes[..<gap], as: UTF8.self).split(separator: "\r\n")
    let body = bytes[(gap + 4)...]
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
        let halves = line.split(separator: ":", maxSplits: 1)
        headers[halves[0].lowercased()] = halves.count > 1 ? String(halves[1].drop { $0 == " " }) : ""
    }
    let length = headers["content-length"].flatMap { Int($0) }
    return WireReply(
        status: Int(lines[0].split(separator: " ")[1]) ?? 0, headers: headers,
        body: String(decoding: body, as: UTF8.self), isComplete: length.map { $0 == body.count } ?? true)
}
