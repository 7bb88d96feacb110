internal import ZoshKit

/// What another program prints, as rows: NDJSON when it begins with `{`, one JSON document when it begins with `[`,
/// else lines of text.
struct ProgramOutput {
    /// Bytes of one line, and of one document.
    static let longestLine = 16 << 20
    static let longestDocument = 256 << 20

    private enum Kind { case undecided, lines, objects, document }

    private let program: String
    private let lineShape = Shape(["line"])
    /// Rows of another program are no more Zoho's own than those of a file.
    private var name: String { "!\(program)" }
    private var kind: Kind
    private var reader = JSONReader.Lines(refusesRepeatedNames: true)
    private var pending: [UInt8] = []
    private var lineNumber = 0
    /// Whether what waits was searched for the end of a line.
    private var isSeen = false

    init(program: String, readsRows: Bool) {
        self.program = program
        kind = readsRows ? .undecided : .lines
    }

    /// The rows of the lines that are complete now.
    mutating func take(_ bytes: [UInt8]) throws -> [Row] {
        // What waited already holds no end of a line.
        let known = pending.count
        pending += bytes
        decide()
        guard kind == .lines || kind == .objects,
            let last = pending[(isSeen ? known : 0)...].lastIndex(of: UInt8(ascii: "\n"))
        else {
            isSeen = kind == .lines || kind == .objects
            let most = kind == .document ? Self.longestDocument : Self.longestLine
            guard pending.count <= most else { throw tooLong(most) }
            return []
        }
        isSeen = true
        let whole = pending[..<last]
        let rows = try whole.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).compactMap {
            try row($0)
        }
        pending.removeFirst(last + 1)
        return rows
    }

    /// What is left when it prints no more.
    mutating func end() throws -> [Row] {
        defer { pending = [] }
        decide()
        if kind == .undecided { return [] }
        if kind == .document {
            do { return try DocumentRows.json(pending, named: name) } catch { throw failure(error.reason, at: nil) }
        }
        return pending.isEmpty ? [] : try [row(pending[...])].compactMap { $0 }
    }

    private mutating func decide() {
        guard kind == .undecided,
            let first = pending.first(where: { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 })
        else {
            return
        }
        kind = first == UInt8(ascii: "{") ? .objects : first == UInt8(ascii: "[") ? .document : .lines
    }

    private mutating func row(_ line: ArraySlice<UInt8>) throws -> Row? {
        lineNumber += 1
        if kind == .objects {
            guard line.contains(where: { $0 != 0x20 && $0 != 0x0D }) else { return nil }
            do {
                return Row(element: try reader.value(of: line)).located(at: RowOrigin(file: name, line: lineNumber))
            } catch { throw failure(error.reason, at: lineNumber) }
        }
        guard let text = String(validating: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self) else {
            throw ZoshError(.local, "line \(lineNumber) of what '\(program)' printed is not UTF-8 text")
        }
        return Row(shape: lineShape.located(at: RowOrigin(file: name, line: lineNumber)), values: [.string(text)])
    }

    private func tooLong(_ most: Int) -> ZoshError {
        let what = kind == .document ? "a document" : kind == .undecided ? "blank text" : "a line"
        return ZoshError(
            .local, "'\(program)' printed \(what) of more than \(most >> 20) MiB",
            remedy: "let it print one JSON object in each line (jq -c), or shorter lines")
    }

    private func failure(_ reason: String, at line: Int?) -> ZoshError {
        ZoshError(
            .local, "\(line.map { "line \($0) of " } ?? "")what '\(program)' printed is not JSON: \(reason)",
            remedy: "let it print one JSON object in each line (jq -c), or plain lines")
    }
}
