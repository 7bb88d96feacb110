internal import FoundationEssentials
internal import NIOCore

/// Asks a proxy for a tunnel, then leaves the connection to what speaks through it.
final class TunnelRequest: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Bytes of a proxy's answer that are read.
    private static let longestAnswer = 16_384

    private let head: String
    private let then: @Sendable (any Channel) throws -> Void
    private var answer = ByteBuffer()

    /// - Parameter then: puts what speaks through the tunnel behind this.
    init(to origin: WebOrigin, of proxy: ProxySettings.Proxy, then: @escaping @Sendable (any Channel) throws -> Void) {
        let target = "\(origin.host):\(origin.port)"
        let login = proxy.login.map { login in
            let words = Data("\(login.user):\(login.password)".utf8).base64EncodedString()
            return "Proxy-Authorization: Basic \(words)\r\n"
        }
        head = "CONNECT \(target) HTTP/1.1\r\nHost: \(target)\r\n\(login ?? "")\r\n"
        self.then = then
    }

    func channelActive(context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(string: head)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        answer.writeBuffer(&bytes)
        let text = String(buffer: answer)
        guard text.contains("\r\n\r\n") else {
            if answer.readableBytes > Self.longestAnswer { context.close(promise: nil) }
            return
        }
        let words = text.split(separator: " ", maxSplits: 2)
        guard words.count > 1, words[0].hasPrefix("HTTP/1."), words[1].hasPrefix("2"),
            (try? then(context.channel)) != nil
        else { return context.close(promise: nil) }
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }
}
