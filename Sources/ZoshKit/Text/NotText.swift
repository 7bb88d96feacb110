/// Bytes that were to be text and are not UTF-8.
public enum NotText {
    /// Where the first byte stands that belongs to no character, from 1; nil when all do.
    public static func place(in bytes: some Collection<UInt8>) -> Int? {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var place = 1
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): place += UTF8.width(scalar)
            case .emptyInput: return nil
            case .error: return place
            }
        }
    }

    /// - Parameters:
    ///   - what: what the bytes are: "argument 2", "line 7".
    ///   - encoding: what they were to be.
    ///   - remedy: how they can become text.
    public static func error(
        _ bytes: some Collection<UInt8>, _ what: String, encoding: String = "UTF-8",
        remedy: String? = "convert it: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW"
    ) -> ZoshError {
        let place = place(in: bytes).map { " (byte \($0))" } ?? ""
        return ZoshError(.usage, "\(what) is not \(encoding) text\(place)", remedy: remedy)
    }
}
