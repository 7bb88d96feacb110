/// What a store shows without being unlocked: to zosh as to any process that can read
/// its file. None of it is authenticated before the store is unlocked.
public struct StoreStatus: Sendable, Equatable {
    /// One way to open the store.
    public struct Slot: Sendable, Equatable {
        public let id: RecordID
        public let kind: SlotKind
        /// What one guess costs; nil for kinds that cannot be guessed.
        public let scrypt: ScryptParameters?
    }

    public let path: String
    public let isUnlocked: Bool
    public let formatVersion: Int
    public let slots: [Slot]
    /// Write transactions since creation.
    public let generation: Int64
    /// Rekeys since creation.
    public let epoch: Int64
    /// Records, log entries and blocks; kinds without any are absent, and so are series.
    public let counts: [RecordKind: Int]
    /// Jobs and runs; nil while the store is locked, since only their sealed state says it.
    public let series: [SeriesKind: SeriesRoom]?
    /// Bytes that the entries of the audit log take as they are stored.
    public let auditByteCount: Int64
    /// Bytes on disk, the write-ahead log included.
    public let byteCount: Int64
}
