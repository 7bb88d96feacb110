import Testing
import ZoshKit

@Suite("Ids")
struct ZohoIDTests {
    @Test(
        "an id is a whole number of up to 19 digits",
        arguments: [
            ("7", true), ("4150868000000225013", true), ("41508680000002250131", false), ("", false), ("-7", false),
            ("7 ", false), ("٧", false), ("4.15E+18", false),
        ])
    func isID(_ text: String, _ expected: Bool) {
        #expect(ZohoID.isID(text) == expected)
        #expect((WrittenID(text.trimmingSuffix(" ")).digits != nil) == (expected || text == "7 "))
    }

    @Test("among names six digits make an id, among numbers twelve")
    func amongOthers() {
        #expect(!ZohoID.isID(amongNames: "12345"))
        #expect(ZohoID.isID(amongNames: "123456"))
        #expect(!ZohoID.isID(amongNumbers: "12345678901"))
        #expect(ZohoID.isID(amongNumbers: "123456789012"))
        for text in ["12345a", "41508680000002250131"] {
            #expect(!ZohoID.isID(amongNames: text))
            #expect(!ZohoID.isID(amongNumbers: text))
        }
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
