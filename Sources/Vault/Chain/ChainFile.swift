internal import Glibc
internal import ZoshTrust

/// A plain chain as a file: a line each, as they stand in the store.
public enum ChainFile {
    /// Checks a file that `exportChain` made, without any store.
    /// - Throws: `PlainChain.Fault`.
    public static func check(_ path: String, lookingFor head: String? = nil) throws -> PlainChain.End {
        guard access(path, F_OK) == 0 else { throw VaultError.export("\(path) does not exist") }
        let file = try Descriptor(opening: path, flags: O_RDONLY)
        guard try file.status().st_mode & S_IFMT == S_IFREG else { throw VaultError.folder("\(path) is not a file") }
        let text = try PrivateFile.read(file, path: path, atMost: 1 << 30).withUnsafeBytes { Array($0) }
        // What follows the last line end is a line that was cut.
        var lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        let checker = ChainChecker(lookingFor: head)
        for line in lines { try checker.add(Array(line)) }
        return try checker.end()
    }
}

extension SealedStore {
    /// Writes the chain that the log of a kind holds to a file that only its owner may read, once it has been checked.
    /// - Parameter replacing: whether a file there is replaced; it is never written over in place.
    /// - Throws: `PlainChain.Fault`; `VaultError.fileExists`.
    public func exportChain(_ kind: RecordKind, to path: String, replacing: Bool) throws -> PlainChain.End {
        let (text, end) = try read { reader in
            let checker = ChainChecker()
            var text: [UInt8] = []
            try reader.visitLog(kind) { entry in
                let line = entry.body.withUnsafeBytes { Array($0) }
                try checker.add(line)
                text += line
                text.append(UInt8(ascii: "\n"))
            }
            return (text, try checker.end())
        }
        let draft = replacing ? "\(path).\(RecordID())" : path
        try Self.create(draft, text)
        guard replacing else { return end }
        guard rename(draft, path) == 0 else {
            let code = errno
            unlink(draft)
            throw VaultError.system("replacing \(path)", code: code)
        }
        try PrivateFile.syncDirectory(of: path)
        return end
    }

    private static func create(_ path: String, _ text: [UInt8]) throws(VaultError) {
        do {
            try PrivateFile.create(at: path, containing: Secret(text, locked: false))
        } catch .system(_, EEXIST) {
            throw .fileExists(path: path)
        }
    }
}
