internal import CLibcrypto
internal import Glibc

/// What files and folders of certificates hold.
enum CertificateFolder {
    /// Every certificate of a folder, in PEM form, and none of the keys that may lie beside it; files that hold none
    /// are passed over.
    static func certificates(in folder: String) -> [UInt8] {
        // Some have several names.
        var files: Set<String> = []
        for name in names(in: folder) {
            guard let path = realpath(folder + "/" + name, nil) else { continue }
            files.insert(String(cString: path))
            free(path)
        }
        return files.sorted().flatMap { certificates(in: bytes(of: $0) ?? []) }
    }

    static func holdsCertificate(_ text: [UInt8]) -> Bool {
        text.withUnsafeBytes { text in text.baseAddress.map { zosh_holds_certificate($0, text.count) } ?? false }
    }

    /// Whether a folder has names by which OpenSSL finds a certificate: `002c0b4f.0`.
    static func isHashed(_ folder: String) -> Bool {
        names(in: folder).contains { name in
            name.utf8.count == 10 && name.hasSuffix(".0") && name.prefix(8).allSatisfy(\.isHexDigit)
        }
    }

    /// Nil when the file cannot be read.
    static func bytes(of path: String) -> [UInt8]? {
        guard let stream = fopen(path, "re") else { return nil }
        defer { fclose(stream) }
        var text: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&part, 1, part.count, stream), count > 0 { text += part[..<count] }
        return ferror(stream) == 0 ? text : nil
    }

    private static func certificates(in text: [UInt8]) -> [UInt8] {
        let found = text.withUnsafeBytes { text in text.baseAddress.flatMap { zosh_certificates($0, text.count) } }
        guard let found else { return [] }
        defer { free(found) }
        return Array(UnsafeRawBufferPointer(start: found, count: strlen(found)))
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
}
