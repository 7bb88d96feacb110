internal import FoundationEssentials
internal import ZoshTrust

/// The sealed file a store is exported to.
///
/// Header: `zosh-export-v1` and a newline, N (8 bytes, big-endian), salt (32).
/// Then chunks: a flag (1 on the last, else 0), the length of what follows
/// (4 bytes, big-endian), ciphertext and tag. The key is derived from the
/// passphrase with scrypt and that salt, and is used for this file only; the
/// nonce is the number of the chunk; header, number and flag are associated
/// data. So chunks cannot be cut off, reordered or taken from another file.
struct ExportFormat {
    static let magic = Array("zosh-export-v1\n".utf8)
    static let headerCount = magic.count + 8 + 32
    static let chunkCount = 64 * 1024

    let header: [UInt8]
    private let key: Secret

    /// A new file's header and key.
    init(passphrase: Secret, scrypt: ScryptParameters) throws(VaultError) {
        let salt = RecordID().bytes + RecordID().bytes
        let header = Self.magic + withUnsafeBytes(of: scrypt.rounds.bigEndian) { Array($0) } + salt
        try self.init(header: header, passphrase: passphrase)
    }

    /// An existing file's key. Parameters are checked before anything is derived.
    init(header: [UInt8], passphrase: Secret) throws(VaultError) {
        guard header.count == Self.headerCount, header.starts(with: Self.magic) else {
            throw .export("is not a file that `vault export` made")
        }
        let rounds = header[Self.magic.count..<Self.magic.count + 8].reduce(Int64(0)) { $0 << 8 | Int64($1) }
        let salt = Array(header.suffix(32))
        let derived = try ScryptParameters(rounds: rounds).derive(from: passphrase, salt: salt)
        self.header = header
        key = HKDF.derive(from: derived, salt: salt, info: "zosh export chunks")
    }

    func seal(_ plain: [UInt8], number: Int64, isLast: Bool) throws(VaultError) -> [UInt8] {
        let sealed = try AEAD.seal(
            plain.span.bytes, under: key, nonce: Self.nonce(number), authenticating: associatedData(number, isLast))
        let body = sealed.dropFirst(AEAD.nonceCount)
        return [isLast ? 1 : 0] + withUnsafeBytes(of: UInt32(body.count).bigEndian) { Array($0) } + body
    }

    /// The text of all chunks, verified whole before any of it is used.
    func openAll(_ chunks: Data) throws(VaultError) -> [UInt8] {
        var rest = chunks
        var plain: [UInt8] = []
        var number: Int64 = 0
        while true {
            guard let chunk = try open(&rest, number: number) else {
                throw .export(
                    number == 0
                        ? "cannot be opened: wrong passphrase, or the file was altered" : "is incomplete or damaged")
            }
            plain += chunk.plain
            number += 1
            if chunk.isLast { break }
        }
        guard rest.isEmpty else { throw .export("is incomplete or damaged") }
        return plain
    }

    /// The next chunk's text; `rest` is moved past it. nil when it is incomplete
    /// or not the one expected.
    private func open(_ rest: inout Data, number: Int64)
        throws(VaultError) -> (plain: [UInt8], isLast: Bool)?
    {
        guard rest.count >= 5, let flag = rest.first, flag <= 1 else { return nil }
        let length = rest.dropFirst().prefix(4).reduce(0) { $0 << 8 | Int($1) }
        let body = rest.dropFirst(5).prefix(length)
        guard body.count == length, length <= Self.chunkCount + 16 else { return nil }
        let sealed = Self.nonce(number) + body
        guard
            let plain = try AEAD.open(
                sealed.span.bytes, under: key, authenticating: associatedData(number, flag == 1))
        else { return nil }
        rest = rest.dropFirst(5 + length)
        return (plain, flag == 1)
    }

    private static func nonce(_ number: Int64) -> [UInt8] {
        [0, 0, 0, 0] + withUnsafeBytes(of: number.bigEndian) { Array($0) }
    }

    private func associatedData(_ number: Int64, _ isLast: Bool) -> [UInt8] {
        var fields = Fields()
        fields.append("zosh export v1")
        fields.append(header)
        fields.append(number)
        fields.append(isLast ? 1 : 0)
        return fields.bytes
    }
}
