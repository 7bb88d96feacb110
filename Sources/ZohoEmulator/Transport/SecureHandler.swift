internal import NIOCore

/// Decrypts what a client says for the handlers behind it, and encrypts what they answer.
final class SecureHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let connection: SecureConnection

    init(_ connection: SecureConnection) { self.connection = connection }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let (text, isOpen) = unwrapInboundIn(data).withUnsafeReadableBytes(connection.receive)
        // The handshake has its own answers, a refusal as well.
        let answer = connection.pending
        if !answer.isEmpty { context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: answer)), promise: nil) }
        if !text.isEmpty { context.fireChannelRead(wrapInboundOut(ByteBuffer(bytes: text))) }
        if !isOpen { context.close(promise: nil) }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard unwrapOutboundIn(data).withUnsafeReadableBytes(connection.say) else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        context.write(wrapOutboundOut(ByteBuffer(bytes: connection.pending)), promise: promise)
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        connection.end()
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: connection.pending)), promise: nil)
        context.close(mode: mode, promise: promise)
    }
}
