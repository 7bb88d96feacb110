internal import Glibc
internal import Synchronization
internal import ZoshTrust

/// Overflow of one command: what does not fit in memory lies in a file without a name, sealed under a key without a
/// copy.
///
/// The file is unlinked before the first byte is written and the key exists in locked memory only, so whatever ends
/// the process leaves nothing that could be read. Safe to use from several threads; reading never waits for
/// writing.
public final class SealedSpill: Sendable {
    /// Where a chunk lies; means something only to the spill that returned it.
    public struct Place: Sendable, Hashable {
        let offset: Int64
        /// Bytes of the chunk as it was given.
        public let byteCount: Int
    }

    private let file: Descriptor
    private let directory: String
    private let key = Secret.random(count: DataKey.byteCount)
    /// Where the next chunk goes. Never goes back: an offset is a nonce.
    private let end = Mutex<Int64>(0)

    /// - Parameter directory: where the file without a name is made.
    public init(in directory: String = SealedSpill.temporaryDirectory) throws(VaultError) {
        file = try UnnamedFile.open(in: directory)
        self.directory = directory
    }

    /// `TMPDIR`, else the directory for temporary files that are too large for memory.
    public static var temporaryDirectory: String {
        let named = getenv("TMPDIR").map { String(cString: $0) } ?? ""
        if named.hasPrefix("/") { return named }
        return access("/var/tmp", W_OK) == 0 ? "/var/tmp" : "/tmp"
    }

    /// Bytes written so far, seals included.
    public var byteCount: Int64 { end.withLock { $0 } }

    /// Seals a chunk and writes it.
    ///
    /// - Throws: `VaultError.spillFull` when no space is left; earlier chunks stay readable.
    public func append(_ chunk: UnsafeRawBufferPointer) throws(VaultError) -> Place {
        let length = Int64(chunk.count + AEAD.overhead)
        let offset = end.withLock { end in
            defer { end += length }
            return end
        }
        let place = Place(offset: offset, byteCount: chunk.count)
        let sealed = try AEAD.seal(
            chunk.bytes, under: key, nonce: Self.nonce(offset), authenticating: Self.associatedData(place))
        let failure = sealed.withUnsafeBytes { write($0, at: offset) }
        switch failure {
        case 0: return place
        case ENOSPC, EDQUOT, EFBIG: throw .spillFull(path: directory)
        default: throw .system("writing a temporary file in \(directory)", code: failure)
        }
    }

    /// Seals a chunk and writes it.
    public func append(_ chunk: [UInt8]) throws(VaultError) -> Place {
        try chunk.span.bytes.withUnsafeBytes { bytes throws(VaultError) in try append(bytes) }
    }

    /// The chunk at a place, exactly as it was given.
    ///
    /// - Throws: `VaultError.damaged` when the file holds anything else there.
    public func read(_ place: Place) throws(VaultError) -> [UInt8] {
        var sealed = [UInt8](repeating: 0, count: place.byteCount + AEAD.overhead)
        let failure = sealed.withUnsafeMutableBytes { read(into: $0, at: place.offset) }
        guard failure == 0 else { throw .system("reading a temporary file in \(directory)", code: failure) }
        guard sealed.starts(with: Self.nonce(place.offset)),
            let chunk = try AEAD.open(sealed.span.bytes, under: key, authenticating: Self.associatedData(place))
        else {
            throw .damaged("a temporary file in \(directory) was changed")
        }
        return chunk
    }

    private static func nonce(_ offset: Int64) -> [UInt8] {
        [0, 0, 0, 0] + withUnsafeBytes(of: offset.bigEndian) { Array($0) }
    }

    private static func associatedData(_ place: Place) -> [UInt8] {
        var fields = Fields()
        fields.append("zosh spill v1")
        fields.append(place.offset)
        fields.append(Int64(place.byteCount))
        return fields.bytes
    }

    /// An errno, 0 when all of it was written.
    private func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) -> Int32 {
        var done = 0
        while done < bytes.count {
            let count = pwrite(file.number, bytes.baseAddress! + done, bytes.count - done, Int(offset) + done)
            if count < 0, errno == EINTR { continue }
            if count < 0 { return errno }
            done += count
        }
        return 0
    }

    /// An errno, 0 when all of it was read.
    private func read(into bytes: UnsafeMutableRawBufferPointer, at offset: Int64) -> Int32 {
        var done = 0
        while done < bytes.count {
            let count = pread(file.number, bytes.baseAddress! + done, bytes.count - done, Int(offset) + done)
            if count < 0, errno == EINTR { continue }
            if count < 0 { return errno }
            if count == 0 { return EIO }
            done += count
        }
        return 0
    }
}
