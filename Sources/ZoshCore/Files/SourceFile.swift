internal import ZoshKit

extension LocalFiles {
    /// The whole text of a file that is read as text: a script, an init file.
    /// - Throws: where a line is not UTF-8: nothing of it may run as something else than what was written.
    static func source(_ file: OpenFile) throws -> String {
        let all = try file.readAll()
        let bytes = all.starts(with: [0xEF, 0xBB, 0xBF]) ? all[3...] : all[...]
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
        where String(validating: line, as: UTF8.self) == nil {
            throw NotText.error(line, "\(file.name):\(index + 1)")
        }
        throw NotText.error(bytes, file.name)
    }
}
