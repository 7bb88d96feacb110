internal import Glibc
internal import ZoshKit

/// Whose certificates are trusted: the system's authorities, and what `SSL_CERT_FILE` and `SSL_CERT_DIR` name, read as
/// OpenSSL reads them. Each variable stands in for one half of the system's set, so the system's authorities stay
/// trusted unless both are set.
struct TrustSettings: Sendable {
    /// How many of the authorities are looked at. Reading a whole set from a file takes tens of milliseconds.
    enum Extent: Sendable {
        /// Those that nearly always do.
        case usual
        /// All of them: the system's file and its folder may differ, where a container was given the file of its
        /// company.
        case all
    }

    let file: String?
    let directory: String?

    /// The system's authorities only.
    static let system = TrustSettings { _ in nil }

    private static let systemFiles = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"]
    private static let systemFolder = "/etc/ssl/certs"
    /// Bytes. What is longer is a whole set, not the few authorities of a company.
    private static let longestAddition = 65_536

    /// - Parameter environment: looks a variable of this process up.
    init(environment: (String) -> String?) {
        file = environment("SSL_CERT_FILE").flatMap { $0.isEmpty ? nil : $0 }
        directory = environment("SSL_CERT_DIR").flatMap { $0.isEmpty ? nil : $0 }
    }

    /// - Throws: `ZoshError.local` when a named file or folder holds no certificate.
    func authorities(_ extent: Extent = .usual) throws(ZoshError) -> Authorities {
        // A variable that names the system's own says nothing.
        let bundle = Self.systemFiles.first { access($0, R_OK) == 0 }
        let ownFile = try file.flatMap { file throws(ZoshError) in
            let text = try Self.text(of: file)
            return Self.isSame(file, bundle) ? nil : (path: file, text: text)
        }
        let own = try directory.flatMap { directory throws(ZoshError) in
            Self.isSame(directory, Self.systemFolder) ? nil : try folders(directory)
        }
        let trustsSystem = ownFile == nil || own == nil
        let system = trustsSystem && CertificateFolder.isHashed(Self.systemFolder) ? Self.systemFolder : nil
        let hashed = [own?.hashed, system].compactMap(\.self).joined(separator: ":")
        let folder = hashed.isEmpty ? nil : hashed
        let rest = own?.text ?? []

        if extent == .usual {
            // Read once and kept by libcurl, as long as there is nothing beside it.
            if let ownFile, ownFile.text.count > Self.longestAddition { return Authorities(file: ownFile.path) }
            if system != nil { return Authorities(file: ownFile?.path, folder: folder, text: rest) }
        }
        let more = trustsSystem ? bundle : nil
        if rest.isEmpty, ownFile == nil || more == nil {
            return Authorities(file: ownFile?.path ?? more, folder: folder)
        }
        let files = (ownFile?.text ?? []) + (more.flatMap(CertificateFolder.bytes) ?? [])
        return Authorities(folder: folder, text: rest + files)
    }

    private static func text(of file: String) throws(ZoshError) -> [UInt8] {
        guard let text = CertificateFolder.bytes(of: file), CertificateFolder.holdsCertificate(text) else {
            throw unreadable("SSL_CERT_FILE", file, "a file of certificates in PEM form")
        }
        return text
    }

    /// What the folders hold that are named as PATH names them: those that OpenSSL can look in, and the certificates of
    /// the others.
    private func folders(_ list: String) throws(ZoshError) -> (hashed: String?, text: [UInt8]) {
        let folders = list.split(separator: ":").map(String.init)
        let hashed = folders.filter(CertificateFolder.isHashed)
        let text = folders.filter { !hashed.contains($0) }.flatMap(CertificateFolder.certificates)
        guard !hashed.isEmpty || !text.isEmpty || file != nil else {
            throw Self.unreadable("SSL_CERT_DIR", list, "a folder of certificates in PEM form")
        }
        return (hashed.isEmpty ? nil : hashed.joined(separator: ":"), text)
    }

    private static func isSame(_ path: String, _ other: String?) -> Bool {
        guard let other, let real = realpath(path, nil) else { return false }
        defer { free(real) }
        guard let otherReal = realpath(other, nil) else { return false }
        defer { free(otherReal) }
        return strcmp(real, otherReal) == 0
    }

    private static func unreadable(_ variable: String, _ path: String, _ what: String) -> ZoshError {
        ZoshError(
            .local, "\(variable) does not name \(what): \(PlainText.shown(path, limit: 120))",
            remedy: "name the authorities' certificates, or unset \(variable)")
    }
}
