internal import ZoshKit

extension LocalFiles {
    /// The whole text of a file that is read as text: a script, an init file.
    /// - Throws: where a line is not text: nothing of it may run as something else than what was written.
    static func source(_ file: DecodedFile) throws -> String {
        let bytes = try file.readAll()
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        let encoding = file.encoding.map(\.rawValue) ?? "UTF-8"
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let number = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
        throw NotText.error(
            lines[number], "\(file.name):\(number + 1)", encoding: encoding, remedy: file.complaint.remedy)
    }
}
