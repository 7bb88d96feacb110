internal import ZoshKit

/// How a file of records separates its cells and quotes them, as far as its beginning shows.
struct Dialect: Equatable {
    var separator: UInt8
    /// Tab-separated lines as zosh saves them, with `SavedEscapes` in the place of quotes. Spreadsheets quote cells
    /// instead.
    var hasEscapes = false

    static let comma = Dialect(separator: UInt8(ascii: ","))

    /// - Parameters:
    ///   - first: the file's first bytes, without what stands above its headings.
    ///   - isTabbed: whether the file's name says that tabs separate its cells.
    init(of first: some Collection<UInt8>, isTabbed: Bool, hasMark: Bool) {
        let tab = UInt8(ascii: "\t")
        guard isTabbed else {
            separator = Self.separator(of: first) ?? UInt8(ascii: ",")
            return
        }
        separator = tab
        let line = first.prefix { $0 != UInt8(ascii: "\n") }
        // zosh ends its lines with a line feed alone and puts no mark before them.
        hasEscapes = !hasMark && !line.contains(UInt8(ascii: "\r")) && !line.starts(with: [UInt8(ascii: "\"")])
    }

    init(separator: UInt8) { self.separator = separator }

    /// The separator that stands most often between the headings, outside quotes; nil when none does.
    static func separator(of line: some Collection<UInt8>) -> UInt8? {
        let candidates = [",", ";", "\t", "|"].map { UInt8(ascii: $0) }
        var counts = [0, 0, 0, 0]
        var isQuoted = false
        for byte in line {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
            if let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
        }
        // The first of those that are as frequent: the comma.
        guard let most = counts.max(), most > 0, let index = counts.firstIndex(of: most) else { return nil }
        return candidates[index]
    }
}
