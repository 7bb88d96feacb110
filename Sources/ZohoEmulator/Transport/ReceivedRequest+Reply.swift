internal import Glibc
internal import NIOCore
internal import NIOHTTP1

extension ReceivedRequest {
    /// Sends a reply the way it says. A connection that broke meanwhile takes nothing, which is not an error here.
    func send(_ reply: Reply, clock: EmulatedClock) async {
        do { try await deliver(reply, clock) } catch { channel.close(promise: nil) }
    }

    private func deliver(_ reply: Reply, _ clock: EmulatedClock) async throws {
        if reply.delivery == .reset { return try await reset() }
        if reply.delivery == .silent { return try await channel.closeFuture.get() }
        var head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: reply.status))
        head.headers.add(name: "Date", value: TimeText.httpDate(Int(clock.secondsSince1970.rounded(.down))))
        for (name, value) in reply.headers { head.headers.add(name: name, value: value) }
        if reply.status != 204 && reply.status != 304 {
            head.headers.add(name: "Content-Length", value: String(reply.body.count))
        }
        channel.write(HTTPServerResponsePart.head(head), promise: nil)
        switch reply.delivery {
        case .truncated(let count):
            try await write(ByteBuffer(bytes: reply.body.prefix(count)))
            return try await channel.close()
        case .trickled(let milliseconds):
            for byte in reply.body {
                try await Task.sleep(for: .milliseconds(milliseconds))
                try await write(ByteBuffer(bytes: [byte]))
            }
        default:
            channel.write(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: reply.body))), promise: nil)
        }
        try await channel.writeAndFlush(HTTPServerResponsePart.end(nil))
        if !isKeepAlive { try await channel.close() }
    }

    private func write(_ bytes: ByteBuffer) async throws {
        try await channel.writeAndFlush(HTTPServerResponsePart.body(.byteBuffer(bytes)))
    }

    /// Ends the connection with a reset, as a crashed server or a broken middle box does.
    private func reset() async throws {
        if let socket = channel as? any SocketOptionProvider {
            try await socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        }
        try await channel.close()
    }
}
