import Testing
import ZoshKit

struct JSONWriterTests {
    @Test(arguments: [
        (Value.null, "null"), (.bool(true), "true"), (.integer(-5), "-5"), (.decimal("1.50"), "1.50"),
        ("a\"b\\c", #""a\"b\\c""#),
        ("\n\r\t\u{0}\u{1F}\u{7F}", #""\n\r\t\u0000\u001f\u007f""#), ("\u{2028}\u{2029}", #""\u2028\u2029""#),
        ("‧\u{202A}", "\"‧\u{202A}\""), ("é山😀", "\"é山😀\""), (.list([]), "[]"), (.row(Row()), "{}"),
        (.list([1, .row(["b": 2, "a": nil])]), #"[1,{"b":2,"a":null}]"#),
    ])
    func `writes compact text`(value: Value, text: String) {
        #expect(JSONWriter.text(value) == text)
    }

    @Test func `indents nested values`() {
        let value = Value.row(["a": .list([1, 2]), "b": .row(Row()), "c": .row(["d": "x"])])
        #expect(
            JSONWriter.text(value, indent: 2) == """
                {
                  "a": [
                    1,
                    2
                  ],
                  "b": {},
                  "c": {
                    "d": "x"
                  }
                }
                """)
    }

    @Test func `every scalar survives writing and reading`() throws {
        for start in stride(from: UInt32(0), to: 0x11_0000, by: 0x1000) {
            var text = String.UnicodeScalarView()
            for value in start..<start + 0x1000 { if let scalar = Unicode.Scalar(value) { text.append(scalar) } }
            let value = Value.string(String(text))
            #expect(try JSONReader.value(of: JSONWriter.text(value)) == value)
        }
    }

    @Test func `draining does not let the buffer grow from page to page`() {
        var writer = JSONWriter()
        let page = Value.string(String(repeating: "x", count: 300_000))
        let capacities = (0..<500).map { _ in
            writer.write(page)
            return writer.drain().capacity
        }
        #expect(capacities.allSatisfy { $0 < 3 * 300_000 }, "\(capacities.last ?? 0)")
    }

    @Test func `draining empties the writer for the next page`() {
        var writer = JSONWriter()
        writer.write(1)
        #expect(writer.drain() == Array("1".utf8))
        writer.write(2)
        #expect(writer.drain() == Array("2".utf8))
    }
}
