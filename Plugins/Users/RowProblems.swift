import ZoshKit

/// What is wrong with rows, collected so that all of it is reported at once, each with its file and line.
struct RowProblems {
    /// With the line or row they are about, by which they are shown.
    private var lines: [(place: Int, text: String)] = []
    private var files: Set<String> = []
    /// What was said of a file's headings.
    private var said: Set<String> = []
    private(set) var count = 0
    private var remedies: [String] = []

    /// Lines shown; more say no more.
    private static let most = 50

    var isEmpty: Bool { count == 0 }

    /// - Parameter number: of the row, from 1, where no file says its line.
    mutating func add(_ problem: String, at origin: RowOrigin?, row number: Int, remedy: String? = nil) {
        count += 1
        if let origin { files.insert(origin.file) }
        if lines.count < Self.most {
            add(line: "\(origin?.description ?? "row \(number)"): \(problem)", at: origin?.line ?? number)
        }
        if let remedy, !remedies.contains(remedy) { remedies.append(remedy) }
    }

    /// Something about all rows of a file, once, at its headings.
    mutating func add(file problem: String, at origin: RowOrigin?, remedy: String? = nil) {
        guard said.insert("\(origin?.file ?? "") \(problem)").inserted else { return }
        count += 1
        if let file = origin?.file { files.insert(file) }
        let place = origin.map { origin in origin.headingLine.map { "\(origin.file):\($0)" } ?? origin.description }
        if lines.count < Self.most { add(line: "\(place ?? "the rows"): \(problem)", at: 0) }
        if let remedy, !remedies.contains(remedy) { remedies.append(remedy) }
    }

    private mutating func add(line text: String, at place: Int) {
        lines.insert((place, text), at: lines.lastIndex { $0.place <= place }.map { $0 + 1 } ?? 0)
    }

    /// Those found by another look at the same rows.
    mutating func add(_ others: RowProblems) {
        count += others.count
        files.formUnion(others.files)
        said.formUnion(others.said)
        for (place, text) in others.lines where lines.count < Self.most { add(line: text, at: place) }
        remedies += others.remedies.filter { !remedies.contains($0) }
    }

    /// - Parameters:
    ///   - summary: what several rows have in common, behind their number: "do not name a user".
    ///   - ending: what follows from it: "nothing was changed".
    func error(_ kind: ZoshError.Kind, _ summary: String, ending: String?, at span: Span?, code: String? = nil)
        -> ZoshError
    {
        let ending = ending.map { "; \($0)" } ?? ""
        var error: ZoshError
        if count == 1 {
            error = ZoshError(kind, lines[0].text + ending, at: span, code: code)
        } else {
            let file = files.count == 1 ? files.first : nil
            let what =
                said.isEmpty
                ? "\(count) rows\(file.map { " of \($0)" } ?? "") \(summary)"
                : "\(count) problems in \(file ?? "the rows")"
            error = ZoshError(kind, what + ending, at: span, code: code)
            error.details = lines.map(\.text) + (count > lines.count ? ["… and \(count - lines.count) more"] : [])
        }
        error.remedy = remedies.isEmpty ? nil : remedies.prefix(3).joined(separator: "; ")
        return error
    }
}
