import Foundation

/// A Swift file as far as the laws look at it: its code without comments and texts, and the types it declares and
/// names.
struct SourceFile {
    /// Below its room: `Stages/Where.swift`.
    let path: String
    let code: String

    init(path: String, text: String) {
        self.path = path
        code = Self.code(of: text)
    }

    static func all(below room: String) throws -> [SourceFile] {
        let root = Repository.root.appending(path: room).path + "/"
        return try Repository.swiftFiles(below: room).map { file in
            SourceFile(
                path: String(file.path.dropFirst(root.count)), text: try String(contentsOf: file, encoding: .utf8))
        }
    }

    var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// The room's own folder; the files beside the folders count as one.
    var folder: String {
        let parts = path.split(separator: "/")
        return parts.count > 1 ? String(parts[0]) : "."
    }

    /// Types at the top level that other files can name.
    var declared: Set<String> {
        let declaration =
            #/
            ^(?:@\w+(?:\([^)]*\))?\ +)*((?:[a-z]+(?:\(unsafe\))?\ +)*)
            (?:class|struct|enum|actor|protocol|typealias)\ +([A-Z]\w*)
            /#.anchorsMatchLineEndings()
        return Set(code.matches(of: declaration).compactMap { $0.1.contains("private") ? nil : String($0.2) })
    }

    /// Types it names, but those that it declares itself at any depth, and members of others.
    var named: Set<String> {
        let own = Set(
            code.matches(of: /\b(?:class|struct|enum|actor|protocol|typealias|associatedtype|case) +([A-Z]\w*)/).map {
                String($0.1)
            })
        return Set(code.matches(of: /(?:^|[^\w.])([A-Z]\w*)/).map { String($0.1) }).subtracting(own)
    }

    /// The text without comments, and without literals but for the code interpolated into them.
    private static func code(of text: String) -> String {
        var code = ""
        var rest = text[...]
        /// The literals around, with the parentheses that are open in the interpolation each is in.
        var literals: [(end: String, open: Int)] = []
        var isInCode = true
        while let next = rest.first {
            if isInCode {
                if next == "/", rest.hasPrefix("//") {
                    rest = rest.drop { $0 != "\n" }
                } else if next == "/", rest.hasPrefix("/*") {
                    rest = rest.range(of: "*/").map { rest[$0.upperBound...] } ?? ""
                } else if next == "#" || next == "\"", let start = rest.prefixMatch(of: /(#*)("""|")/) {
                    literals.append((String(start.2 + start.1), 0))
                    rest = rest[start.range.upperBound...]
                    isInCode = false
                } else {
                    if !literals.isEmpty, next == "(" { literals[literals.count - 1].open += 1 }
                    if !literals.isEmpty, next == ")" {
                        if literals[literals.count - 1].open == 0 { isInCode = false }
                        literals[literals.count - 1].open -= 1
                    }
                    code.append(isInCode ? next : " ")
                    rest.removeFirst()
                }
            } else {
                let end = literals[literals.count - 1].end
                let marks = String(end.drop { $0 == "\"" })
                if rest.hasPrefix(end) {
                    rest = rest.dropFirst(end.count)
                    literals.removeLast()
                    isInCode = true
                } else if rest.hasPrefix("\\\(marks)(") {
                    rest = rest.dropFirst(2 + marks.count)
                    literals[literals.count - 1].open = 0
                    code.append(" ")
                    isInCode = true
                } else {
                    rest = rest.dropFirst(rest.hasPrefix("\\") && marks.isEmpty ? 2 : 1)
                }
            }
        }
        return code
    }
}
