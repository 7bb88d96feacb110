/// Whose certificates are trusted, as libcurl takes it.
final class Authorities: Sendable {
    /// A file of certificates; libcurl takes no text beside it. It is read once when there is no folder either, else
    /// for each connection.
    let file: String?
    /// Folders hashed as OpenSSL does, in which it looks up the one that it needs; a colon between two.
    let folder: String?
    /// Certificates in PEM form.
    nonisolated(unsafe) private let text: UnsafeMutableRawBufferPointer

    init(file: String? = nil, folder: String? = nil, text: [UInt8] = []) {
        (self.file, self.folder) = (file, folder)
        self.text = .allocate(byteCount: text.count, alignment: 1)
        self.text.copyBytes(from: text)
    }

    deinit { text.deallocate() }

    /// Whether nothing is trusted.
    var isEmpty: Bool { file == nil && folder == nil && text.isEmpty }

    /// Valid as long as this object.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(text) }
}
