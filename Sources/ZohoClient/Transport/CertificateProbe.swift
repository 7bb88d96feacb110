internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Synchronization

/// Looks at the certificates a server shows, to tell why they were not accepted. Nothing is sent: the handshake is
/// broken off as soon as they are there.
enum CertificateProbe {
    enum Finding: Sendable, Equatable { case expired, notYetValid }

    private static let patience = TimeAmount.seconds(5)

    /// Nil when the dates are fine, or the certificates cannot be had.
    /// - Parameters:
    ///   - proxy: what the request went through. A SOCKS proxy is not asked for another connection: then nothing is
    ///     found.
    ///   - now: seconds since 1970.
    static func finding(at origin: WebOrigin, through proxy: ProxySettings.Proxy?, now: Int64) async -> Finding? {
        if proxy?.kind == .socks { return nil }
        let dates = await dates(at: origin, through: proxy)
        if dates.contains(where: { $0.end < now }) { return .expired }
        return dates.contains { $0.start > now } ? .notYetValid : nil
    }

    private static func dates(at origin: WebOrigin, through proxy: ProxySettings.Proxy?) async -> [ShownCertificates
        .Dates]
    {
        let shown = ShownCertificates()
        let host = String(origin.host.drop { $0 == "[" }.prefix { $0 != "]" })
        let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
        guard let context = try? NIOSSLContext(configuration: .makeClientConfiguration()) else { return [] }
        let look: @Sendable (any Channel) throws -> Void = { channel in
            let handler = try NIOSSLClientHandler(
                context: context, serverHostname: isAddress ? nil : host,
                customVerificationCallback: { chain, verdict in
                    shown.note(chain)
                    verdict.succeed(.failed)
                })
            try channel.pipeline.syncOperations.addHandler(handler)
        }
        let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connectTimeout(patience)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    channel.eventLoop.scheduleTask(in: patience) { channel.close(promise: nil) }
                    guard let proxy else { return try look(channel) }
                    try channel.pipeline.syncOperations.addHandler(TunnelRequest(to: origin, of: proxy, then: look))
                }
            }
        let connection = bootstrap.connect(host: proxy?.host ?? host, port: proxy?.port ?? origin.port)
        guard let channel = try? await connection.get() else { return [] }
        // It ends with the refusal of the certificates, at the latest when the patience is over.
        try? await channel.closeFuture.get()
        return shown.dates
    }
}

/// When the certificates of a handshake begin and end to be valid, in seconds since 1970.
private final class ShownCertificates: Sendable {
    typealias Dates = (start: Int64, end: Int64)

    private let noted = Mutex<[Dates]>([])

    var dates: [Dates] { noted.withLock { $0 } }

    func note(_ chain: [NIOSSLCertificate]) {
        let dates = chain.map { (start: Int64($0.notValidBefore), end: Int64($0.notValidAfter)) }
        noted.withLock { $0 = dates }
    }
}
