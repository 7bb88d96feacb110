internal import FoundationEssentials

extension RecordID {
    /// As it is bound to SQL.
    var data: Data { Data(bytes) }
}
