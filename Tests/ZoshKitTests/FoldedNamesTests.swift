import Testing
import ZoshKit

@Suite("Names of fields as they are compared")
struct FoldedNamesTests {
    @Test(
        "case, blanks and what joins words do not count",
        arguments: [
            ("First Name", "first_name"), ("first-name", "first_name"), ("  FIRST__name- ", "first_name"),
            ("Zip\tCode\r\n", "zip_code"), ("_", ""), ("", ""), ("Straße-Nr", "straße_nr"), ("Zoë\u{A0}X", "zoë_x"),
        ])
    func fold(name: String, folded: String) { #expect(FieldNames.folded(name) == folded) }

    @Test("a name in ASCII is folded as any other is")
    func foldAlike() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            let name = String((0..<8).map { _ in Character(Unicode.Scalar(UInt8.random(in: 0..<128, using: &random))) })
            // A letter of another script keeps the byte by byte way out.
            let general = FieldNames.folded(name + "é")
            #expect(FieldNames.folded(name + "e") == String(general.dropLast()) + "e", "\(name.debugDescription)")
        }
    }
}
