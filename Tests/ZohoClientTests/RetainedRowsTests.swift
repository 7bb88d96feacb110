import Foundation
import Testing

@testable import ZohoClient
@testable import ZoshKit

/// Rows read lazily out of a reply's text, beside the reader that makes every value: they must never differ.
@Suite struct `Rows kept as the text they came in` {
    /// Compares everything that can be asked of a reply.
    /// - Returns: whether its rows were kept as text.
    @discardableResult
    private static func compare(_ text: [UInt8], _ place: SourceLocation = #_sourceLocation) -> Bool {
        guard let kept = RetainedRows.value(of: text) else { return false }
        if let difference = difference(kept, try? JSONReader.value(of: text)) {
            Issue.record("\(difference): \(String(decoding: text, as: UTF8.self))", sourceLocation: place)
        }
        return true
    }

    /// What is not the same of two replies; nil when all is.
    private static func difference(_ kept: Value, _ made: Value?) -> String? {
        guard let made else { return "this is no JSON" }
        guard kept == made, kept.hashValue == made.hashValue else { return "other values" }
        for indent in [0, 2] where JSONWriter.text(kept, indent: indent) != JSONWriter.text(made, indent: indent) {
            return "another text, indented by \(indent)"
        }
        for (one, other) in zip(rows(of: kept), rows(of: made)) {
            guard one.names == other.names, one.names.indices.allSatisfy({ one.value(at: $0) == other.values[$0] })
            else { return "another row" }
            guard one.alone == other, JSONWriter.text(.row(one.alone)) == JSONWriter.text(.row(other)) else {
                return "another row alone"
            }
            var (longer, beside) = (one, other)
            for name in ["connection", other.names.first ?? "id", "more"] {
                longer[name] = "computed"
                beside[name] = "computed"
                guard longer == beside, JSONWriter.text(.row(longer)) == JSONWriter.text(.row(beside)) else {
                    return "another row with \(name) computed"
                }
            }
        }
        return nil
    }

    private static func rows(of value: Value) -> [Row] {
        (value.row?.values ?? []).flatMap { $0.list ?? [] }.compactMap(\.row)
    }

    private static let page: [UInt8] = {
        let pieces: [String] = [
            #"{"users":[{"id":"5550000000000001001","full_name":"Ada","role":{"name":"CEO","id":"7"},"confirm":true,"#,
            #""offset":-19800000,"zip":null,"rate":1.50,"t":[],"l":["a",{"b":[]}]},{"id":"5550000000000001002","#,
            #""full_name":"Jürgen “Jo” Ünal","role":null,"confirm":false,"offset":0,"zip":"\n\/\u00e9","rate":1e9,"#,
            #""t":[1,2],"l":{}},{}],"info":{"page":1,"more_records":true}}"#,
        ]
        return Array(pieces.joined().utf8)
    }()

    /// The same without a byte for which strings are looked into one by one.
    private static let plain: [UInt8] = page.filter { $0 < 0x80 && $0 != UInt8(ascii: "\\") }

    @Test(arguments: [
        #"{"users":[{"id":"1"}]}"#, #" { "users" : [ { "id" : "1" , "a" : [ 1 , 2 ] } , { } ] } "#,
        #"{"info":{"more_records":false},"users":[{"id":"1","x":{}}],"others":[{"id":"2"}]}"#,
        #"{"users":[{"n":-0,"a":-0.0,"b":9223372036854775807,"c":9223372036854775808,"d":1E+5,"e":0}]}"#,
        #"{"users":[{"s":"\ud83d\ude00\ud800\udc00\ud800","t":"\\\"","u":"a\/b"}]}"#,
        "{\"users\":[{\"s\":\"a\u{2028}b\u{2029}c\u{7F}d\u{2027}\"}]}", "{\"users\":[{\"\":\"\",\"a b\":{\"\":null}}]}",
        #"{"a":[],"b":[1,"x"],"users":[{"id":1},{"id":1,"b":2},{"b":2,"id":1},{"id":1}]}"#,
        "{\n  \"users\": [\n    {\n      \"id\": \"1\"\n    }\n  ]\n}\n",
    ])
    func `are those the other reader makes`(text: String) {
        #expect(Self.compare(Array(text.utf8)), "not kept")
    }

    @Test(arguments: [
        #"{"users":[{"a":1,"a":2}]}"#, #"{"users":[{"x":{"a":1,"a":2}}]}"#, #"{"users":[{"a":1}],"users":[{"a":2}]}"#,
        #"{"users":[{"\u0061":1,"a":2}]}"#, "{\"users\":[{\"\u{E9}\":1,\"e\u{301}\":2}]}", #"{"users":[{"a":1},2]}"#,
        #"{"users":[]}"#, #"[{"a":1}]"#, #"{"code":"X","details":{},"message":"m","status":"error"}"#, "{}", "",
        "{\"users\":[{\"a\":" + String(repeating: "[", count: 100) + String(repeating: "]", count: 100) + "}]}",
    ])
    func `are left to the other reader where they are not plain`(text: String) {
        #expect(RetainedRows.value(of: Array(text.utf8)) == nil)
    }

    @Test(arguments: [
        #"{"users":[{"a":01}]}"#, #"{"users":[{"a":1x}]}"#, #"{"users":[{"a":"b"x}]}"#, #"{"users":[{"a":"b""c"}]}"#,
        #"{"users":[{"a":tru}]}"#, #"{"users":[{"a":truex}]}"#, #"{"users":[{"a":1.}]}"#, #"{"users":[{"a":1e}]}"#,
        #"{"users":[{"a":"\x"}]}"#, #"{"users":[{"a":"\u12g4"}]}"#, #"{"users":[{"a":"\u12"}]}"#,
        #"{"users":[{"a":1,}]}"#, #"{"users":[{"a":1},]}"#, #"{"users":[{"a" 1}]}"#, #"{"users":[{"a":}]}"#,
        #"{"users":[{a:1}]}"#, #"{"users":[{"a":[1,]}]}"#, #"{"users":[{"a":1}]}x"#, #"{"users":[{"a":1}]}{}"#,
        #"{"users":[{"a":1}]"#, #"{"users":[{"a":1]]}"#, #"{"users":[{"a":1}},"b":2}"#, #"{"users":[{"a":-}]}"#,
        "{\"users\":[{\"a\":\"\n\"}]}", "{\"users\":[{\"a\":\"\0\"}]}", "{\"users\":[{\"a\":\0}]}",
        #"{"users":[{"a":"b\"}]}"#, #"{"users":[{"a":+1}]}"#, #"{"users":[{"a":.5}]}"#, #"{"users":[{"a":NaN}]}"#,
    ])
    func `are no rows where the other reader refuses`(text: String) {
        #expect(RetainedRows.value(of: Array(text.utf8)) == nil)
        #expect(throws: JSONReader.Failure.self) { try JSONReader.value(of: text) }
    }

    @Test func `agree on every documented reply`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../ZohoEmulatorTests/Fixtures")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "json" }
        #expect(!files.isEmpty)
        for file in files { #expect(Self.compare(Array(try Data(contentsOf: file))), "\(file.lastPathComponent)") }
    }

    @Test func `hold no prefix of a page for a page`() {
        for page in [Self.page, Self.plain] {
            #expect(Self.compare(page))
            for count in page.indices {
                #expect(RetainedRows.value(of: Array(page.prefix(count))) == nil, "\(count)")
            }
        }
    }

    @Test func `keep bytes that are no UTF-8 for the other reader`() throws {
        var text = Array(#"{"users":[{"a":"x"}]}"#.utf8)
        text[text.firstIndex(of: UInt8(ascii: "x"))!] = 0xFF
        #expect(RetainedRows.value(of: text) == nil)
        #expect(try JSONReader.value(of: text).row?["users"]?.list?.first?.row?.string("a") == "\u{FFFD}")
    }

    /// One piece of a page put in the place of another, taken out, doubled, or a byte changed.
    /// A hundred thousand in `make nightly`.
    @Test func `agree on thousands of damaged pages`() {
        let pages = ProcessInfo.processInfo.environment["ZOSH_NIGHTLY"] == nil ? 10_000 : 100_000
        var random = Numbers(state: 20_261)
        let pieces = [
            "\"", "\\", "{", "}", "[", "]", ",", ":", "null", "true", "-0", "1.5e3", "\"a\":1", "\\u00e9", "\\ud800",
            "\u{2028}", "\u{7F}", " ", "\n", "\0", "\"\":{}", "[[]]", "12345678901234567890", "\"id\":\"x\",",
        ].map { Array($0.utf8) }
        var kept = 0
        for _ in 0..<pages {
            var text = Bool.random(using: &random) ? Self.page : Self.plain
            for _ in 0...Int.random(in: 0...1, using: &random) {
                let start = Int.random(in: 0..<text.count, using: &random)
                let end = min(text.count, start + Int.random(in: 0...8, using: &random))
                switch Int.random(in: 0...4, using: &random) {
                case 0: text.replaceSubrange(start..<end, with: pieces.randomElement(using: &random)!)
                case 1: text.insert(contentsOf: pieces.randomElement(using: &random)!, at: start)
                case 2: text.removeSubrange(start..<end)
                case 3: text.insert(contentsOf: text[start..<end], at: end)
                default: text[start] = UInt8.random(in: 0...255, using: &random)
                }
            }
            if Self.compare(text) { kept += 1 }
        }
        // Damage inside a string leaves a page: the comparison was of something.
        #expect(kept > pages / 7, "\(kept)")
    }

    @Test func `are shared out so that few of them hold no page`() {
        let rows = Self.rows(of: RetainedRows.value(of: Self.page)!)
        #expect(rows.map(\.companions) == [3, 3, 3])
        #expect(rows.prefix(1).map(\.self).withoutUnusedPages().map(\.companions) == [1])
        #expect(rows.prefix(2).map(\.self).withoutUnusedPages().map(\.companions) == [3, 3])
        #expect(rows.prefix(1).map(\.self).withoutUnusedPages() == Array(rows.prefix(1)))
    }

    /// The same numbers in every run.
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}
