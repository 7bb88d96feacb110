internal import Glibc
internal import NIOSSL
internal import ZoshKit

/// Whose certificates are trusted: the system's authorities, and what `SSL_CERT_FILE` and `SSL_CERT_DIR` name, read as
/// OpenSSL reads them. Each variable stands in for one half of the system's set, so the system's authorities stay
/// trusted unless both are set.
struct TrustSettings: Sendable {
    let file: String?
    let directory: String?

    /// The system's authorities only.
    static let system = TrustSettings { _ in nil }

    private static let systemPlaces = [
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/certs",
    ]

    /// - Parameter environment: looks a variable of this process up.
    init(environment: (String) -> String?) {
        file = environment("SSL_CERT_FILE").flatMap { $0.isEmpty ? nil : $0 }
        directory = environment("SSL_CERT_DIR").flatMap { $0.isEmpty ? nil : $0 }
    }

    /// At least TLS 1.2: older ones do not keep a secret.
    /// - Throws: `ZoshError.local` when a named file or folder holds no certificate.
    func configuration() throws(ZoshError) -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        let own = try certificates()
        guard !own.isEmpty else { return configuration }
        let trustsSystem = (file == nil || directory == nil) && Self.systemPlaces.contains { access($0, R_OK) == 0 }
        if trustsSystem {
            configuration.additionalTrustRoots = [.certificates(own)]
        } else {
            configuration.trustRoots = .certificates(own)
        }
        return configuration
    }

    private func certificates() throws(ZoshError) -> [NIOSSLCertificate] {
        var found: [NIOSSLCertificate] = []
        if let file {
            do { found += try NIOSSLCertificate.fromPEMFile(file) } catch {
                throw Self.unreadable("SSL_CERT_FILE", file, "a file of certificates in PEM form")
            }
            if found.isEmpty { throw Self.unreadable("SSL_CERT_FILE", file, "a file of certificates in PEM form") }
        }
        if let directory {
            // Several folders may be named, as PATH names them.
            for folder in directory.split(separator: ":") { found += Self.certificates(in: String(folder)) }
            if found.isEmpty {
                throw Self.unreadable("SSL_CERT_DIR", directory, "a folder of certificates in PEM form")
            }
        }
        return found
    }

    /// Every certificate of a folder; files that hold none are passed over.
    private static func certificates(in folder: String) -> [NIOSSLCertificate] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        // Folders made for OpenSSL hold every certificate under several names.
        var files: Set<String> = []
        for name in names {
            guard let path = realpath(folder + "/" + name, nil) else { continue }
            files.insert(String(cString: path))
            free(path)
        }
        return files.sorted().flatMap { (try? NIOSSLCertificate.fromPEMFile($0)) ?? [] }
    }

    private static func unreadable(_ variable: String, _ path: String, _ what: String) -> ZoshError {
        ZoshError(
            .local, "\(variable) does not name \(what): \(PlainText.shown(path, limit: 120))",
            remedy: "name the authorities' certificates, or unset \(variable)")
    }
}
