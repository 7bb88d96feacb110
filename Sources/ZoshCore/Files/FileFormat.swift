internal import ZoshKit

/// What a file holds, by its extension or by what the person says.
enum FileFormat: String, CaseIterable {
    case json, ndjson, csv, tsv, yaml
    /// One value per line; written as one id per line.
    case txt

    /// The words `--format` takes, for signatures.
    static let words = allCases.map(\.rawValue)

    /// Nil for an extension that says nothing.
    init?(path: String) {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
        switch name[name.index(after: dot)...].lowercased() {
        case "json": self = .json
        case "ndjson", "jsonl": self = .ndjson
        case "csv": self = .csv
        case "tsv", "tab": self = .tsv
        case "yaml", "yml": self = .yaml
        case "txt", "ids", "list": self = .txt
        default: return nil
        }
    }

    /// - Parameter isRead: a file that is read and has no extension at all is text, as standard input is.
    /// - Throws: `ZoshError.usage` naming the formats when neither extension nor option says which.
    static func of(_ path: String, said: String?, isRead: Bool = false, takesFormat: Bool = true) throws
        -> FileFormat
    {
        if let said, let format = FileFormat(rawValue: said) { return format }
        if let format = FileFormat(path: path) { return format }
        let name = path.split(separator: "/").last ?? ""
        let dot = name.lastIndex(of: ".").flatMap { $0 == name.startIndex ? nil : $0 }
        if isRead, dot == nil { return .txt }
        let problem =
            dot.map { "unknown file type '\(name[$0...])'" } ?? "the name '\(path)' does not say what the file holds"
        throw ZoshError(
            .usage, problem,
            remedy: "use one of \(words.map { "." + $0 }.joined(separator: ", "))"
                + (takesFormat
                    ? ", or add --format, like --format csv"
                    : ", or say what it holds: open \(Syntax.quoted(path)) --format csv | …"))
    }
}
