internal import CLibcrypto
internal import Glibc
internal import ZoshKit

/// Whose certificates are trusted: the system's authorities, and what `SSL_CERT_FILE` and `SSL_CERT_DIR` name, read as
/// OpenSSL reads them. Each variable stands in for one half of the system's set, so the system's authorities stay
/// trusted unless both are set.
struct TrustSettings: Sendable {
    /// Where the system's authorities are looked for.
    enum Extent: Sendable {
        /// In its folder, which costs next to nothing.
        case folder
        /// In its file as well, which takes tens of milliseconds to read: the two may differ, where a container was
        /// given the file of its company.
        case all
    }

    let file: String?
    let directory: String?

    /// The system's authorities only.
    static let system = TrustSettings { _ in nil }

    private static let systemFiles = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"]
    private static let systemFolder = "/etc/ssl/certs"

    /// - Parameter environment: looks a variable of this process up.
    init(environment: (String) -> String?) {
        file = environment("SSL_CERT_FILE").flatMap { $0.isEmpty ? nil : $0 }
        directory = environment("SSL_CERT_DIR").flatMap { $0.isEmpty ? nil : $0 }
    }

    /// - Throws: `ZoshError.local` when a named file or folder holds no certificate.
    func authorities(_ extent: Extent = .folder) throws(ZoshError) -> Authorities {
        let own = try certificates()
        let bundle = Self.systemFiles.first { access($0, R_OK) == 0 }
        let folder = Self.isHashed(Self.systemFolder) ? Self.systemFolder : nil
        guard file == nil || directory == nil, bundle != nil || folder != nil else {
            return Authorities(file: nil, folder: nil, text: own)
        }
        if extent == .folder, folder != nil { return Authorities(file: nil, folder: folder, text: own) }
        guard !own.isEmpty else { return Authorities(file: bundle, folder: folder) }
        // libcurl takes either a file or a text.
        return Authorities(file: nil, folder: folder, text: own + (bundle.flatMap(Self.bytes) ?? []))
    }

    private func certificates() throws(ZoshError) -> [UInt8] {
        var found: [UInt8] = []
        if let file {
            found += Self.certificates(inFile: file)
            if found.isEmpty { throw Self.unreadable("SSL_CERT_FILE", file, "a file of certificates in PEM form") }
        }
        if let directory {
            // Several folders may be named, as PATH names them.
            let more = directory.split(separator: ":").flatMap { Self.certificates(in: String($0)) }
            if more.isEmpty, file == nil {
                throw Self.unreadable("SSL_CERT_DIR", directory, "a folder of certificates in PEM form")
            }
            found += more
        }
        return found
    }

    /// Every certificate of a folder; files that hold none are passed over.
    private static func certificates(in folder: String) -> [UInt8] {
        // Folders made for OpenSSL hold every certificate under several names.
        var files: Set<String> = []
        for name in names(in: folder) {
            guard let path = realpath(folder + "/" + name, nil) else { continue }
            files.insert(String(cString: path))
            free(path)
        }
        return files.sorted().flatMap(certificates(inFile:))
    }

    private static func certificates(inFile path: String) -> [UInt8] {
        guard let text = bytes(of: path),
            let found = text.withUnsafeBytes({ text in
                text.baseAddress.flatMap { zosh_certificates($0, text.count) }
            })
        else { return [] }
        defer { free(found) }
        return Array(UnsafeRawBufferPointer(start: found, count: strlen(found)))
    }

    /// Whether a folder has names by which OpenSSL finds a certificate: `002c0b4f.0`.
    private static func isHashed(_ folder: String) -> Bool {
        names(in: folder).contains { name in
            name.utf8.count == 10 && name.hasSuffix(".0") && name.prefix(8).allSatisfy(\.isHexDigit)
        }
    }

    /// The names in a folder that are not hidden; none when it cannot be read.
    private static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }

    private static func bytes(of path: String) -> [UInt8]? {
        guard let stream = fopen(path, "re") else { return nil }
        defer { fclose(stream) }
        var text: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&part, 1, part.count, stream), count > 0 { text += part[..<count] }
        return ferror(stream) == 0 ? text : nil
    }

    private static func unreadable(_ variable: String, _ path: String, _ what: String) -> ZoshError {
        ZoshError(
            .local, "\(variable) does not name \(what): \(PlainText.shown(path, limit: 120))",
            remedy: "name the authorities' certificates, or unset \(variable)")
    }
}
