internal import CLinux
internal import Glibc
public import ZoshTrust

/// A file holding a random key, for machines without a person to type a passphrase.
///
/// One line: `zosh-key-v1:`, 64 hexadecimal digits (32 random bytes), `:` and 8
/// digits of a checksum (the first four bytes of the SHA-256 of what stands
/// before the second colon), so that a truncated or mistyped file is distinguished from
/// a wrong one.
public enum KeyFile {
    private static let prefix = Array("zosh-key-v1:".utf8)
    private static let digits = 64
    private static let lineCount = prefix.count + digits + 1 + 8

    /// Creates a key file, readable by its owner only. Never overwrites.
    public static func generate(at path: String) throws(VaultError) {
        let key = Secret.random(count: DataKey.byteCount)
        let line = Secret(count: lineCount + 1) { line in
            line.copyBytes(from: prefix)
            key.withUnsafeBytes { key in
                for (index, byte) in key.enumerated() {
                    line[prefix.count + 2 * index] = Hexadecimal.digit(byte >> 4)
                    line[prefix.count + 2 * index + 1] = Hexadecimal.digit(byte & 15)
                }
            }
            line[prefix.count + digits] = UInt8(ascii: ":")
            let sum = checksum(UnsafeRawBufferPointer(line))
            UnsafeMutableRawBufferPointer(rebasing: line[(prefix.count + digits + 1)...]).copyBytes(from: sum)
            line[lineCount] = UInt8(ascii: "\n")
        }
        do {
            try PrivateFile.create(at: path, containing: line)
        } catch .system(_, EEXIST) {
            throw .fileExists(path: path)
        }
    }

    /// The key in the file. Refuses links, other owners' files and files
    /// other users may read, but for secrets as root mounts them (`KeyFileAccess`).
    public static func read(at path: String) throws(VaultError) -> Secret {
        let text: Secret
        do {
            text = try PrivateFile.read(KeyFileAccess.open(path), path: path, atMost: 4096)
        } catch .system(_, ENOENT) {
            throw .keyFile(path: path, "does not exist")
        }
        defer { text.wipe() }
        guard let key = text.withUnsafeBytes(parse) else {
            throw .keyFile(path: path, "is malformed or cut short")
        }
        return key
    }

    private static func parse(_ text: UnsafeRawBufferPointer) -> Secret? {
        guard text.count == lineCount || (text.count == lineCount + 1 && text.last == UInt8(ascii: "\n")),
            text.starts(with: prefix), text[prefix.count + digits] == UInt8(ascii: ":"),
            checksum(text).elementsEqual(text[(prefix.count + digits + 1)..<lineCount])
        else { return nil }
        var isValid = true
        let key = Secret(count: DataKey.byteCount) { key in
            for index in key.indices {
                let high = Hexadecimal.value(of: text[prefix.count + 2 * index])
                let low = Hexadecimal.value(of: text[prefix.count + 2 * index + 1])
                isValid = isValid && high != nil && low != nil
                key[index] = (high ?? 0) << 4 | (low ?? 0)
            }
        }
        return isValid ? key : nil
    }

    private static func checksum(_ line: UnsafeRawBufferPointer) -> [UInt8] {
        let digest = SHA256.hash(line[..<(prefix.count + digits)])
        return Array(Hexadecimal.encode(digest.prefix(4)).utf8)
    }
}
