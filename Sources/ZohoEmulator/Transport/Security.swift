internal import NIOSSL

/// The certificate that the emulator's listeners show, when they speak TLS.
struct Security: Sendable {
    let context: NIOSSLContext

    /// Nil when the listeners speak plain HTTP.
    /// - Throws: `EmulatorError` when a file cannot be read, or the key is another certificate's.
    init?(_ configuration: EmulatorConfiguration) throws {
        guard let files = configuration.certificate else { return nil }
        let chain: [NIOSSLCertificate]
        let key: NIOSSLPrivateKey
        do { chain = try NIOSSLCertificate.fromPEMFile(files.chain) } catch {
            throw EmulatorError("The certificate \(files.chain) cannot be read.")
        }
        do { key = try NIOSSLPrivateKey(file: files.key, format: .pem) } catch {
            throw EmulatorError("The private key \(files.key) cannot be read.")
        }
        var server = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        if configuration.speaksOldTLSOnly {
            server.minimumTLSVersion = .tlsv1
            server.maximumTLSVersion = .tlsv11
        }
        do { context = try NIOSSLContext(configuration: server) } catch {
            throw EmulatorError("The certificate and the private key do not belong together.")
        }
    }
}
