import Testing
import ZoshKit

@testable import zosh

/// `.env` in every form that people's tools write and other tools read.
@Suite("A .env as people write it")
struct DotEnvTests {
    private static let names: Set<String> = ["ZOHO_CLIENT_ID", "ZOHO_CLIENT_SECRET", "ZOHO_DC"]

    private func read(_ bytes: [UInt8]) throws -> [String: String] {
        try DotEnv(bytes, path: "./.env", names: Self.names).values
    }
    private func read(_ text: String) throws -> [String: String] { try read(Array(text.utf8)) }

    @Test(
        "The value is what was meant",
        arguments: [
            "ZOHO_CLIENT_ID=1000.A", "ZOHO_CLIENT_ID=1000.A\n", "ZOHO_CLIENT_ID=1000.A\r\n",
            "ZOHO_CLIENT_ID=1000.A\rZOHO_DC=eu",
            "\u{FEFF}ZOHO_CLIENT_ID=1000.A", "  ZOHO_CLIENT_ID = 1000.A  ", "\tZOHO_CLIENT_ID\t=\t1000.A\t",
            "export ZOHO_CLIENT_ID=1000.A",
            "export\tZOHO_CLIENT_ID='1000.A'", "ZOHO_CLIENT_ID=\"1000.A\"", "ZOHO_CLIENT_ID='1000.A'",
            "ZOHO_CLIENT_ID=`1000.A`",
            "ZOHO_CLIENT_ID=1000.A # the console's", "ZOHO_CLIENT_ID=\"1000.A\"# the console's",
            "ZOHO_CLIENT_ID='1000.A' # it's",
            "# a comment\n\nZOHO_CLIENT_ID=1000.A", "ZOHO_CLIENT_ID=old\nZOHO_CLIENT_ID=1000.A",
            "ZOHO_CLIENT_ID: 1000.A",
            "OTHER='never closed\nZOHO_CLIENT_ID=1000.A", "KEY=\"two\nlines\"\nZOHO_CLIENT_ID=1000.A",
            "not a line at all\nZOHO_CLIENT_ID=1000.A",
            "ZOHO_CLIENT_ID=\u{A0}1000.A\u{A0}",
        ])
    func value(_ text: String) throws { #expect(try read(text)["ZOHO_CLIENT_ID"] == "1000.A") }

    @Test(
        "What belongs to a value stays in it",
        arguments: [
            ("ZOHO_CLIENT_SECRET=a#b", "a#b"), ("ZOHO_CLIENT_SECRET='a # b'", "a # b"),
            (#"ZOHO_CLIENT_SECRET="a\nb""#, "a\nb"),
            (#"ZOHO_CLIENT_SECRET='a\nb'"#, #"a\nb"#), (#"ZOHO_CLIENT_SECRET="a\"b\\c\$d""#, #"a"b\c$d"#),
            ("ZOHO_CLIENT_SECRET=a=b==", "a=b=="),
            ("ZOHO_CLIENT_SECRET=it's", "it's"), ("ZOHO_CLIENT_SECRET=", ""), ("ZOHO_CLIENT_SECRET=\"\"", ""),
            ("ZOHO_CLIENT_SECRET= # later", ""),
            ("ZOHO_CLIENT_SECRET=x\nZOHO_CLIENT_SECRET=", ""),
        ])
    func kept(_ text: String, _ value: String) throws { #expect(try read(text)["ZOHO_CLIENT_SECRET"] == value) }

    @Test("Only the names asked for are looked at, and their letters count")
    func names() throws {
        #expect(try read("ZOSH_KEY_COMMAND=rm\nzoho_dc=eu\nZOHO_DCS=eu\nAPP_ZOHO_DC=eu").isEmpty)
    }

    @Test(
        "What cannot be read is refused with its line",
        arguments: [
            ("A=1\nZOHO_CLIENT_ID='1000.A", ":2:"), ("ZOHO_CLIENT_ID=\"1000.A\"x", ":1:"),
            ("A=1\r\nB=2\r\nZOHO_CLIENT_ID=“1000.A”", ":3:"),
            ("ZOHO_CLIENT_ID=\"1000.A\nZOHO_CLIENT_SECRET=\"s\"", ":1:"),
        ])
    func refused(_ text: String, _ line: String) {
        let error = #expect(throws: ZoshError.self) { try read(text) }
        #expect(error?.problem.contains(line) == true, "\(error?.problem ?? "")")
    }

    @Test("UTF-16 is refused with a word, with a mark and without")
    func utf16() {
        let text = Array("ZOHO_CLIENT_ID=1000.A".utf16)
        let little = text.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let big = text.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        for bytes in [[0xFF, 0xFE] + little, [0xFE, 0xFF] + big, little, big] {
            let error = #expect(throws: ZoshError.self) { try read(bytes) }
            #expect(error?.problem.contains("UTF-16") == true)
            #expect(error?.remedy?.contains("UTF-8") == true)
        }
    }

    @Test("A comment in Latin-1 harms nobody, a value in Latin-1 is refused")
    func latin() throws {
        #expect(try read([0x23, 0xE4, 0x0A] + Array("ZOHO_DC=eu".utf8))["ZOHO_DC"] == "eu")
        #expect(throws: ZoshError.self) { try read(Array("ZOHO_DC=".utf8) + [0xE4]) }
    }
}
