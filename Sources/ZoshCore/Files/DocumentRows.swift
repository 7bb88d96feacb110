internal import ZoshKit

/// The rows of JSON and YAML documents: a list's elements, or those of the one list that an envelope holds.
///
/// A saved reply of Zoho is `{"users": […], "info": {…}}`; directories of other makers write `{"value": […]}`.
enum DocumentRows {
    /// The elements of a document's list, and which of its lists that is, counted from 0; nil when the document is a
    /// row itself.
    static func elements(of document: Value) -> (values: [Value], list: Int)? {
        if case .list(let elements) = document { return (elements, 0) }
        guard case .row(let row) = document else { return nil }
        // A saved error of Zoho has an empty list of details, which is not an empty list of users.
        guard row["status"] != "error" || row["code"] == nil else { return nil }
        // A person with a list of phone numbers is not an envelope.
        guard
            !row.fields.contains(where: { PersonHeading($0.name) != nil && $0.value.row == nil && $0.value.list == nil }
            )
        else { return nil }
        // What an envelope says of where its rows belong must not be dropped with it.
        guard
            !row.fields.contains(where: {
                PlaceHeading($0.name) != nil && $0.value.row == nil && $0.value.list == nil
            })
        else { return nil }
        let lists = row.values.compactMap(\.list)
        let filled = lists.indices.filter { !lists[$0].isEmpty }
        if filled.count == 1 { return (lists[filled[0]], filled[0]) }
        // A second list that is empty says nothing, and neither do two.
        let isEmptyReply = filled.isEmpty && (lists.count == 1 || lists.count == row.values.count { $0.row == nil })
        return isEmptyReply && !lists.isEmpty ? ([], 0) : nil
    }

    /// - Throws: `ZoshError` naming file and line.
    static func json(_ file: DecodedFile) throws -> [Row] {
        let bytes = try file.readAll()
        // The reader would repair what is not UTF-8.
        if let bad = firstInvalidLine(of: bytes) {
            throw ZoshError(.local, "\(file.name):\(bad): \(file.complaint.problem)", remedy: file.complaint.remedy)
        }
        do throws(JSONReader.Failure) { return try json(bytes, named: file.name) } catch {
            var lines = LineCounter(bytes)
            throw ZoshError(.local, "\(file.name):\(lines.line(at: error.offset)): \(error.reason)")
        }
    }

    /// The rows of the documents a text holds.
    static func json(_ bytes: [UInt8], named name: String) throws(JSONReader.Failure) -> [Row] {
        var lines = LineCounter(bytes)
        var rows: [Row] = []
        for document in try JSONReader.documents(of: bytes) {
            guard let (values, list) = elements(of: document.value) else {
                rows.append(
                    Row(element: document.value).located(
                        at: RowOrigin(file: name, line: lines.line(at: document.start))))
                continue
            }
            let starts = document.elements.indices.contains(list) ? document.elements[list] : []
            for (index, value) in values.enumerated() {
                let start = starts.indices.contains(index) ? starts[index] : document.start
                rows.append(Row(element: value).located(at: RowOrigin(file: name, line: lines.line(at: start))))
            }
        }
        return rows
    }

    private static func firstInvalidLine(of bytes: [UInt8]) -> Int? {
        guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
        var line = 1
        for part in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            if String(validating: part, as: UTF8.self) == nil { return line }
            line += 1
        }
        return 1
    }

    /// Lines of offsets that only grow, counted once.
    private struct LineCounter {
        private let bytes: [UInt8]
        private var position = 0
        private var line = 1

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        mutating func line(at offset: Int) -> Int {
            let end = min(offset, bytes.count)
            if position < end {
                line += bytes[position..<end].count { $0 == UInt8(ascii: "\n") }
                position = end
            }
            return line
        }
    }
}
