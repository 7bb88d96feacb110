import Testing
import ZoshKit

struct JSONReaderTests {
    @Test(arguments: [
        ("null", Value.null), (" true ", .bool(true)), ("false", .bool(false)), ("0", .integer(0)),
        ("-12", .integer(-12)),
        ("9223372036854775807", .integer(.max)), ("9223372036854775808", .decimal("9223372036854775808")),
        ("1.50", .decimal("1.50")), ("1e9", .decimal("1e9")), ("-0", .integer(0)), ("\"\"", ""),
        ("\"a\\\"\\\\\\/b\"", "a\"\\/b"),
        ("\"\\n\\t\\r\\b\\f\"", "\n\t\r\u{8}\u{C}"), ("\"\\u00e9\\uD83D\\uDE00\"", "é😀"), ("\"\\ud800x\"", "\u{FFFD}x"),
        ("\"\\ud800\\u0041\"", "\u{FFFD}A"), ("[]", .list([])), ("[1,[2],{}]", .list([1, .list([2]), .row(Row())])),
        ("{\"b\":1,\"a\":{\"c\":null}}", .row(["b": 1, "a": .row(["c": nil])])), ("\"山田 e\u{301}\"", "山田 e\u{301}"),
    ])
    func `reads every kind of value exactly`(text: String, value: Value) throws {
        #expect(try JSONReader.value(of: text) == value)
    }

    @Test(arguments: [
        ("", 0), ("  ", 2), ("tru", 0), ("01", 0), ("1.", 2), ("1e", 2), ("-", 1), ("\"abc", 4), ("[1,]", 3),
        ("[1 2]", 3),
        ("{\"a\" 1}", 5), ("{a:1}", 1), ("{\"a\":1,}", 7), ("1 2", 2), ("\"\\x\"", 3), ("\"\\u12\"", 3),
        ("\"a\nb\"", 2), ("nul", 0),
    ])
    func `refuses what is no JSON and names the byte`(text: String, offset: Int) {
        do {
            let value = try JSONReader.value(of: text)
            Issue.record("read \(value)")
        } catch { #expect(error.offset == offset) }
    }

    @Test func `every prefix of a document is refused without a trap`() {
        let text = Array(#"{"users":[{"id":"5550123","role":{"name":"CEO","x":[1.5e3,true]}},{"id":"\u00e9"}]}"#.utf8)
        for count in text.indices {
            #expect(throws: JSONReader.Failure.self) { try JSONReader.value(of: Array(text.prefix(count))) }
        }
    }

    @Test func `hostile nesting is refused, not followed`() {
        #expect(throws: JSONReader.Failure.self) { try JSONReader.value(of: String(repeating: "[", count: 100_000)) }
        #expect(throws: JSONReader.Failure.self) {
            try JSONReader.value(of: String(repeating: "{\"a\":", count: 100_000))
        }
    }

    @Test func `rows that differ from the one before keep their own names and order`() throws {
        let text = #"[{"a":1,"b":2},{"a":1},{"a":1,"b":2,"c":3},{"b":2,"a":1},{"a":1,"b":2},{}]"#
        let names = try JSONReader.value(of: text).list?.map { $0.row?.names ?? ["?"] }
        #expect(names == [["a", "b"], ["a"], ["a", "b", "c"], ["b", "a"], ["a", "b"], []])
    }

    @Test func `of two fields of one name the later wins`() throws {
        #expect(try JSONReader.value(of: #"{"a":1,"b":2,"a":3}"#) == .row(["a": 3, "b": 2]))
    }

    @Test func `ids beyond 2^53 survive reading and writing`() throws {
        let text = #"[5550000000123456789,"5550000000123456789",12345678901234567890123,1.10]"#
        #expect(JSONWriter.text(try JSONReader.value(of: text)) == text)
    }
}
