import Testing
import ZoshKit

struct RowTests {
    @Test func `setting appends, replaces and removes, keeping order`() {
        var row: Row = ["a": 1, "b": 2]
        row["c"] = 3
        row["a"] = 9
        row["b"] = Optional<Value>.none
        row["nothing"] = Optional<Value>.none
        #expect(row.names == ["a", "c"])
        #expect(row.values == [9, 3])
        #expect(row == ["a": 9, "c": 3])
    }

    @Test(arguments: [
        ("id", Value.string("7")), ("role.name", "CEO"), ("role.id", .null), ("profile.name", .null),
        ("id.name", .null), ("", .null),
        ("role", .row(["name": "CEO"])),
    ])
    func `a path leads to a value or to null`(path: String, value: Value) {
        let row: Row = ["id": "7", "role": .row(["name": "CEO"]), "profile": nil]
        #expect(row[FieldPath(path)] == value)
    }

    @Test(arguments: [
        (Value.null, ""), (.bool(false), "false"), (.integer(3), "3"), (.decimal("3.10"), "3.10"), ("x", "x"),
        (.list([1, "a"]), #"[1,"a"]"#), (.row(["a": 1]), #"{"a":1}"#),
    ])
    func `a cell's text is the value plainly`(value: Value, text: String) {
        #expect(value.text == text)
    }

    @Test func `numbers come out of texts, nothing else does`() {
        #expect(Value.string("42").integer == 42)
        #expect(Value.integer(42).integer == 42)
        #expect(Value.string("4x").integer == nil)
        #expect(Value.decimal("4.0").integer == nil)
    }
}
