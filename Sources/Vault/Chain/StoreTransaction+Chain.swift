internal import ZoshTrust

extension StoreTransaction {
    /// Appends a line to the plain chain that the log of a kind holds.
    /// - Parameter fields: those of a JSON object, without its braces.
    /// - Returns: the line's number.
    func appendLine(_ kind: RecordKind, _ fields: String) throws -> Int64 {
        var (number, previous): (Int64, String) = (1, PlainChain.start)
        if let last = try readLog(kind, last: 1).first {
            guard let hash = PlainChain.hash(of: last.body.withUnsafeBytes { Array($0) }) else {
                throw VaultError.damaged("the \(kind.rawValue) log does not end with a line of a chain")
            }
            (number, previous) = (last.position + 2, hash)
        }
        try append(kind, Secret(copying: PlainChain.line(number, fields, after: previous), locked: false))
        return number
    }
}

extension StoreReader {
    /// Checks the plain chain that the log of a kind holds.
    /// - Parameter head: the hash of a line that must be in it, noted earlier.
    /// - Throws: `PlainChain.Fault`, or `VaultError.damaged` where the log itself is broken.
    public func checkChain(_ kind: RecordKind, lookingFor head: String? = nil) throws -> PlainChain.End {
        let checker = ChainChecker(lookingFor: head)
        try visitLog(kind) { entry in try checker.add(entry.body.withUnsafeBytes { Array($0) }) }
        return try checker.end()
    }
}
