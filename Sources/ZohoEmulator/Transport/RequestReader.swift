internal import NIOCore
internal import NIOHTTP1

/// One request, complete, and the connection that waits for its reply.
struct ReceivedRequest: Sendable {
    let exchange: Exchange
    let isKeepAlive: Bool
    let channel: any Channel
}

/// Puts the parts of each request together. The pipeline before it hands a connection's next request on only when the
/// one before is answered.
final class RequestReader: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart

    private static let longestBody = 4 << 20

    private let receive: (ReceivedRequest) -> Void
    private var head: HTTPRequestHead?
    private var body = ByteBuffer()

    init(_ receive: @escaping (ReceivedRequest) -> Void) { self.receive = receive }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body.clear()
        case .body(var part):
            guard body.readableBytes + part.readableBytes <= Self.longestBody else {
                return context.close(promise: nil)
            }
            body.writeBuffer(&part)
        case .end:
            guard let head else { return }
            self.head = nil
            receive(
                ReceivedRequest(
                    exchange: Exchange(head, body: body), isKeepAlive: head.isKeepAlive, channel: context.channel))
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

extension Exchange {
    /// Decodes the parts of a request the emulator looks at.
    init(_ head: HTTPRequestHead, body: ByteBuffer) {
        let halves = head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var headers: [String: String] = [:]
        for (name, value) in head.headers { headers[name.lowercased()] = value }
        self.init(
            method: head.method.rawValue,
            path: halves.first.map(String.init) ?? "/",
            query: FormFields(urlEncoded: halves.count > 1 ? halves[1] : ""),
            headers: headers,
            body: Array(body.readableBytesView)
        )
    }
}
