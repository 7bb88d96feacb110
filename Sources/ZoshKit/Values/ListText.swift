/// A list as one text, as a cell holds it, and back.
extension Value {
    /// The list that a JSON text is; nil for other texts.
    static func list(written text: String) -> Value? {
        let text = text.trimmedOfUnseen
        guard text.utf8.first == UInt8(ascii: "["), let value = try? JSONReader.value(of: text), value.list != nil
        else {
            return nil
        }
        return value
    }

    /// The values in a text: one in each line, else between `;`, else between commas.
    static func texts(_ text: String) -> [Value] {
        let separator: (Character) -> Bool =
            text.contains(where: \.isNewline)
            ? \.isNewline : text.contains(";") ? { $0 == ";" } : { $0 == "," }
        return text.split(whereSeparator: separator).map { String($0).trimmedOfUnseen }.filter { !$0.isEmpty }.map(
            Value.string)
    }

    /// The text a list of plain values is written as, so that it is read as the same list again: the values with a
    /// comma between them, as JSON where a value could be taken for several or for none.
    package static func cell(ofList elements: [Value]) -> Value {
        let shown = elements.map { $0.row?["name"] ?? $0 }
        let areClear = shown.allSatisfy { value in
            let text = value.text
            return !text.isEmpty && text.utf8.first != UInt8(ascii: "[") && text.trimmedOfUnseen == text
                && !text.contains { $0 == "," || $0 == ";" || $0.isNewline }
        }
        return .string(areClear ? shown.map(\.text).joined(separator: ", ") : JSONWriter.text(.list(shown)))
    }
}
