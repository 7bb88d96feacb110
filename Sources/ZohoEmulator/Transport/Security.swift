internal import CLibssl

/// The certificate that the emulator's listeners show, when they speak TLS.
final class Security: Sendable {
    /// Freed with this object, which each of its connections keeps.
    nonisolated(unsafe) fileprivate let server: OpaquePointer

    /// Nil when the listeners speak plain HTTP.
    /// - Throws: `EmulatorError` when a file cannot be read, or the key is another certificate's.
    init?(_ configuration: EmulatorConfiguration) throws {
        guard let files = configuration.certificate else { return nil }
        var problem = ZOSH_TLS_READY
        guard let server = zosh_tls_server_new(files.chain, files.key, configuration.speaksOldTLSOnly, &problem) else {
            throw switch problem {
            case ZOSH_TLS_NO_CERTIFICATE: EmulatorError("The certificate \(files.chain) cannot be read.")
            case ZOSH_TLS_NO_KEY: EmulatorError("The private key \(files.key) cannot be read.")
            case ZOSH_TLS_NO_PAIR: EmulatorError("The certificate and the private key do not belong together.")
            default: EmulatorError("libssl cannot be loaded.")
            }
        }
        self.server = server
    }

    deinit { zosh_tls_server_free(server) }
}

/// One connection's side of TLS. Used on the connection's event loop only.
final class SecureConnection {
    private let security: Security
    private let tls: OpaquePointer

    /// - Throws: `EmulatorError` when there is no memory.
    init(_ security: Security) throws {
        guard let tls = zosh_tls_new(security.server) else { throw EmulatorError("There is no memory left.") }
        (self.security, self.tls) = (security, tls)
    }

    deinit { zosh_tls_free(tls) }

    /// Takes what came from the client.
    /// - Returns: what it said, decrypted, and whether the connection goes on.
    func receive(_ bytes: UnsafeRawBufferPointer) -> (text: [UInt8], isOpen: Bool) {
        if let start = bytes.baseAddress { zosh_tls_put(tls, start, bytes.count) }
        return Self.drain { zosh_tls_read(tls, $0, $1) }
    }

    /// Encrypts what is said to the client; false when the connection is over.
    func say(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.baseAddress.map { zosh_tls_write(tls, $0, bytes.count) } ?? true
    }

    /// Says that nothing more will come.
    func end() { zosh_tls_end(tls) }

    /// What is to be sent to the client.
    var pending: [UInt8] { Self.drain { zosh_tls_take(tls, $0, $1) }.text }

    private static func drain(_ read: (UnsafeMutableRawPointer, Int) -> Int) -> (text: [UInt8], isOpen: Bool) {
        var text: [UInt8] = []
        while true {
            var count = 0
            let part = [UInt8](unsafeUninitializedCapacity: 16_384) { room, written in
                if let start = room.baseAddress { count = read(start, room.count) }
                written = max(0, count)
            }
            guard count > 0 else { return (text, count == 0) }
            text += part
        }
    }
}
