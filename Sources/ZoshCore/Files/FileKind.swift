internal import ZoshKit

/// Files that hold rows but are not text, recognised by their first bytes, whatever they are called.
enum FileKind {
    /// - Throws: `ZoshError` that names what it is and how to save it as text.
    static func refuse(_ bytes: [UInt8], of name: String) throws {
        guard let kind = kind(bytes) else { return }
        throw ZoshError(.local, "'\(name)' is \(kind.noun), not text", remedy: kind.remedy)
    }

    private static let saved = "in the spreadsheet program: File, Save as, 'CSV UTF-8 (*.csv)'; then open the .csv file"

    private static func kind(_ bytes: [UInt8]) -> (noun: String, remedy: String)? {
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            return contains(bytes, "opendocument.spreadsheet")
                ? ("a LibreOffice spreadsheet (ods)", saved)
                : contains(bytes, "[Content_Types].xml") || contains(bytes, "xl/")
                    ? ("an Excel workbook (xlsx)", saved) : ("a zip archive", "unpack it first: unzip FILE")
        }
        if bytes.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
            return ("an empty zip archive", "ask the sender for the file again")
        }
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { return ("an old Excel workbook (xls)", saved) }
        if bytes.starts(with: [0x1F, 0x8B]) { return ("compressed", "unpack it first: gunzip FILE") }
        if bytes.starts(with: Array("%PDF".utf8)) { return ("a PDF document", "ask for the list as CSV") }
        if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
            return ("UTF-32", "save it as UTF-8")
        }
        return nil
    }

    private static func contains(_ bytes: [UInt8], _ text: String) -> Bool {
        let wanted = Array(text.utf8)
        let head = bytes.prefix(4096)
        guard head.count >= wanted.count else { return false }
        return (0...head.count - wanted.count).contains { head[$0..<$0 + wanted.count].elementsEqual(wanted) }
    }
}
