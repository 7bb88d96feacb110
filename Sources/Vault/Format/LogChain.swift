internal import FoundationEssentials
internal import ZoshTrust

/// The keyed links that hold the entries of a log in order.
///
/// Each entry's link is an HMAC over the link before it and the entry itself;
/// the last one is in the set seal. So entries cannot be removed, reordered or
/// exchanged, and appending one costs the same however long the log is.
struct LogChain {
    /// What the first entry of a log links to.
    static let start = [UInt8](repeating: 0, count: 32)

    private let key: Secret

    init(key: DataKey, store: RecordID) { self.key = key.chainKey(store: store) }

    func link(
        after previous: [UInt8], stream: RecordID, position: Int64,
        identity: RecordSeal.Identity, sealed: Data
    ) -> [UInt8] {
        var fields = Fields()
        fields.append(previous)
        fields.append(identity.kind.rawValue)
        fields.append(stream.bytes)
        fields.append(position)
        fields.append(identity.id.bytes)
        fields.append(identity.generation)
        fields.append(SHA256.hash(sealed))
        return HMAC.code(of: fields.bytes, under: key)
    }
}
