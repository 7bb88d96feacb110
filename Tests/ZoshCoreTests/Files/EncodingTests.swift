import Testing
import ZoshKit

@testable import ZoshCore

/// Files in other encodings than UTF-8: read by their mark or when the person says so, refused by name otherwise.
struct EncodingTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private func rows(_ bytes: [UInt8], _ name: String, _ encoding: TextEncoding? = nil) async throws -> [Row] {
        try await LocalFiles().rows(at: folder.file(name, bytes: bytes), FileOptions(encoding: encoding)).collect()
    }

    private static func utf16(_ text: String, isLittle: Bool, mark: Bool = true) -> [UInt8] {
        ((mark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit in
            let (low, high) = (UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8))
            return isLittle ? [low, high] : [high, low]
        }
    }

    @Test(arguments: [true, false])
    func `UTF-16 with a mark is read in every format`(isLittle: Bool) async throws {
        let person: [Row] = [["email": "zoë@x.example", "name": "山 👩"]]
        let texts = [
            ("a.csv", "email,name\r\nzoë@x.example,山 👩\r\n"), ("a.tsv", "email\tname\r\nzoë@x.example\t山 👩\r\n"),
            ("a.json", "[{\"email\":\"zoë@x.example\",\"name\":\"山 👩\"}]"),
            ("a.ndjson", "{\"email\":\"zoë@x.example\",\"name\":\"山 👩\"}\n"),
            ("a.yaml", "- email: zoë@x.example\n  name: 山 👩\n"), ("a.txt", "email\tname\r\nzoë@x.example\t山 👩\r\n"),
        ]
        for (name, text) in texts {
            #expect(try await rows(Self.utf16(text, isLittle: isLittle), name) == person, "\(name)")
        }
    }

    @Test func `a long file in UTF-16 is cut nowhere`() async throws {
        let text = "name\r\n" + String(repeating: "👩ä\r\n", count: 30_000)
        let read = try await rows(Self.utf16(text, isLittle: true), "a.csv")
        #expect(read.count == 30_000 && read.allSatisfy { $0 == ["name": "👩ä"] })
    }

    @Test(arguments: [
        (TextEncoding.windows1252, [0x80, 0xFC] as [UInt8], "€ü"), (.latin1, [0xFC, 0xDF], "üß"),
        (.latin9, [0xA4, 0xFC], "€ü"),
        (.windows1250, [0xB3, 0xF3], "łó"), (.windows1251, [0xDF, 0xE9], "Яй"), (.macRoman, [0x8A, 0xA7], "äß"),
        (.utf16LittleEndian, [0xFC, 0x00], "ü"), (.utf16BigEndian, [0x00, 0xFC], "ü"),
    ])
    func `an encoding that is said is read`(encoding: TextEncoding, bytes: [UInt8], text: String) async throws {
        let isWide = encoding == .utf16LittleEndian || encoding == .utf16BigEndian
        let head = isWide ? Self.utf16("n\n", isLittle: encoding == .utf16LittleEndian, mark: false) : Array("n\n".utf8)
        #expect(try await rows(head + bytes, "a.csv", encoding) == [["n": .string(text)]])
    }

    @Test func `other bytes are refused with their line and the option that reads them`() async throws {
        for name in ["a.csv", "a.tsv", "a.json", "a.ndjson", "a.txt", "a.yaml"] {
            let error = await #expect(throws: ZoshError.self) {
                try await rows(Array("1\n".utf8) + [0xE9, 0x0A], name)
            }
            #expect(error?.remedy?.contains("--encoding windows-1252") == true, "\(name)")
        }
        let lone = Self.utf16("n\n", isLittle: true) + [0x00, 0xD8, 0x41, 0x00]
        let error = await #expect(throws: ZoshError.self) { try await rows(lone, "a.csv") }
        #expect(error?.problem.hasSuffix("a.csv:2: this is not utf-16le text") == true)
        let undefined = await #expect(throws: ZoshError.self) {
            try await rows(Array("n\n".utf8) + [0x81], "a.csv", .windows1252)
        }
        #expect(undefined?.problem.hasSuffix("a.csv:2: this is not windows-1252 text") == true)
    }

    @Test func `a wrong word about the encoding is noticed`() async throws {
        for bytes in [Array("n\nJörg\n".utf8), Self.utf16("n\nx\n", isLittle: true)] {
            let error = await #expect(throws: ZoshError.self) { try await rows(bytes, "a.csv", .windows1252) }
            #expect(error?.remedy == "leave --encoding out")
        }
        let unmarked = await #expect(throws: ZoshError.self) {
            try await rows(Self.utf16("name\nx\n", isLittle: false, mark: false), "a.csv")
        }
        #expect(unmarked?.remedy == "add --encoding utf-16be")
    }

    @Test(
        arguments: [
            (
                [0x50, 0x4B, 0x03, 0x04] + Array(repeating: 0, count: 26) + Array("[Content_Types].xml".utf8),
                "an Excel workbook (xlsx)"
            ),
            (
                [0x50, 0x4B, 0x03, 0x04] + Array(repeating: 0, count: 26)
                    + Array("mimetypeapplication/vnd.oasis.opendocument.spreadsheet".utf8),
                "a LibreOffice spreadsheet (ods)"
            ),
            ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "an old Excel workbook (xls)"),
            ([0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0], "compressed"),
        ] as [([UInt8], String)])
    func `a workbook is told by its content, whatever it is called`(bytes: [UInt8], noun: String) async throws {
        for name in ["a.csv", "a.xlsx", "a.txt", "a"] {
            let error = await #expect(throws: ZoshError.self) { try await rows(bytes, name) }
            #expect(error?.problem.contains("is \(noun), not text") == true, "\(error?.problem ?? "")")
            #expect(error?.remedy != nil)
        }
    }
}
