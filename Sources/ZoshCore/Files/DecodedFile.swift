internal import ZoshKit

/// The text of a file as UTF-8 bytes, whatever encoding it is written in; one mark at its beginning is left out.
///
/// A mark says the encoding, else the person does, else it is UTF-8. Nothing is guessed: a wrong guess would change
/// names silently. Bytes that mean nothing become bytes that are not UTF-8 either, so that the reader of the line they
/// stand in refuses it by its number.
///
/// Not Sendable by itself: one reader owns it.
final class DecodedFile {
    let name: String
    /// Whether a byte order mark stands at its beginning, as spreadsheets write it.
    private(set) var hasMark = false
    /// The encoding read; nil for UTF-8 that was not asked for.
    private(set) var encoding: TextEncoding?

    private let file: OpenFile
    private let takesEncoding: Bool
    private let table: [[UInt8]]?
    /// Bytes of the file not yet decoded: an odd byte of UTF-16, or what was looked at.
    private var raw: [UInt8]
    /// Decoded bytes looked at, not yet read.
    private var ahead: [UInt8] = []
    private var isOver = false
    private var highSurrogate: UInt16?

    /// - Throws: `ZoshError` when the file is a workbook, an archive, or not in the encoding that was said.
    init(_ file: OpenFile, _ options: FileOptions = FileOptions()) throws {
        self.file = file
        let said = options.encoding
        takesEncoding = options.takesEncoding
        name = file.name
        raw = []
        while raw.count < 8, case let more = try file.read(), !more.isEmpty { raw += more }
        try FileKind.refuse(raw, of: file.name)
        let mark = Self.mark(raw)
        if let mark {
            hasMark = true
            raw.removeFirst(mark.count)
            guard said == nil || said == mark.encoding else {
                throw ZoshError(
                    .local, "'\(file.name)' begins with the mark of \(mark.encoding.rawValue)",
                    remedy: "leave --encoding out")
            }
        }
        encoding = said ?? mark.flatMap { $0.encoding == .utf8 ? nil : $0.encoding }
        table = encoding.flatMap(SingleByteTable.table)
        if table != nil, Self.isMultibyteUTF8(raw) {
            throw ZoshError(.local, "'\(file.name)' is UTF-8", remedy: "leave --encoding out")
        }
        if encoding == nil, !hasMark, let order = NotText.unmarkedUTF16(raw) {
            throw ZoshError(
                .local, "'\(file.name)' looks like UTF-16 without a mark",
                remedy: takesEncoding
                    ? "add --encoding \(order.rawValue)" : NotText.conversion(from: order.rawValue))
        }
    }

    /// The next bytes; empty at the end.
    func read() throws -> [UInt8] {
        guard ahead.isEmpty else {
            defer { ahead = [] }
            return ahead
        }
        return try decodeMore()
    }

    /// The first bytes, as many as there are up to a bound, without reading past them.
    func beginning() throws -> [UInt8] {
        while ahead.count < 1 << 16, case let more = try decodeMore(), !more.isEmpty { ahead += more }
        return ahead
    }

    func readAll() throws -> [UInt8] {
        var all: [UInt8] = []
        while case let chunk = try read(), !chunk.isEmpty {
            all += chunk
            guard all.count < Self.most else { throw ZoshError(.local, "'\(name)' is too large to be read whole") }
        }
        return all
    }

    /// Bytes of a document that is read whole.
    static let most = 1 << 30

    /// What to say of bytes that do not mean text.
    var complaint: (problem: String, remedy: String?) {
        switch encoding {
        case nil where takesEncoding:
            ("this is not UTF-8 text", "add --encoding windows-1252 if a Windows program wrote it, or save it as UTF-8")
        case nil: ("this is not UTF-8 text", NotText.conversion(from: "windows-1252"))
        case .latin1: ("this is not iso-8859-1 text", "add --encoding windows-1252")
        case let encoding?: ("this is not \(encoding.rawValue) text", nil)
        }
    }

    // MARK: Decoding

    private func decodeMore() throws -> [UInt8] {
        while !isOver {
            var bytes = raw
            raw = []
            if bytes.count < 2 {
                let more = try file.read()
                isOver = more.isEmpty
                bytes += more
            }
            let decoded = decode(bytes)
            if !decoded.isEmpty { return decoded }
        }
        return []
    }

    private func decode(_ bytes: [UInt8]) -> [UInt8] {
        switch encoding {
        case nil, .utf8: return bytes
        case .utf16LittleEndian: return decode(bytes, low: 0)
        case .utf16BigEndian: return decode(bytes, low: 1)
        default:
            var text: [UInt8] = []
            text.reserveCapacity(bytes.count + bytes.count / 4)
            for byte in bytes {
                if byte < 0x80 {
                    text.append(byte)
                } else if let meaning = table?[Int(byte) - 0x80], !meaning.isEmpty {
                    text += meaning
                } else {
                    text.append(Self.meaningless)
                }
            }
            return text
        }
    }

    private static let meaningless: UInt8 = 0xFF

    /// - Parameter low: where the low byte of a unit stands.
    private func decode(_ bytes: [UInt8], low: Int) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        var index = 0
        while index + 1 < bytes.count {
            let unit = UInt16(bytes[index + low]) | UInt16(bytes[index + 1 - low]) << 8
            index += 2
            if let high = highSurrogate {
                highSurrogate = nil
                if UTF16.isTrailSurrogate(unit) {
                    let code = 0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(unit) - 0xDC00)
                    text += Unicode.Scalar(code).map { Array(String($0).utf8) } ?? [Self.meaningless]
                    continue
                }
                text.append(Self.meaningless)
            }
            if UTF16.isLeadSurrogate(unit) {
                highSurrogate = unit
            } else if unit < 0x80 {
                text.append(UInt8(unit))
            } else {
                text += Unicode.Scalar(unit).map { Array(String($0).utf8) } ?? [Self.meaningless]
            }
        }
        raw = Array(bytes[index...])
        if isOver, !raw.isEmpty || highSurrogate != nil { text.append(Self.meaningless) }
        return text
    }

    // MARK: Recognising

    private static func mark(_ bytes: [UInt8]) -> (encoding: TextEncoding, count: Int)? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if bytes.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
        if bytes.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        return nil
    }

    /// Whether bytes beyond ASCII are there and are UTF-8, which text of one byte a character is by accident only.
    private static func isMultibyteUTF8(_ bytes: [UInt8]) -> Bool {
        var whole = bytes[...]
        // The last character may have been cut off by the end of the chunk.
        while let last = whole.last, last >= 0x80 { whole = whole.dropLast() }
        return whole.contains { $0 >= 0x80 } && String(validating: whole, as: UTF8.self) != nil
    }
}
