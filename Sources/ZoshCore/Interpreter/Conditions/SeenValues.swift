internal import ZoshKit

/// The values of the fields a filter compares, so that a filter that leaves nothing can say which there were.
///
/// Counts until the first row is kept: from then on it is not asked for.
struct SeenValues {
    /// Values named of one field; the rest is counted.
    private static let shown = 5
    /// Different values remembered of one field.
    private static let most = 1000
    /// Columns for one value.
    private static let longest = 40

    private struct Field {
        let path: FieldPath
        let reader: RowFieldReader
        /// What is looked for in it, as searches compare texts.
        let sought: [String]
        var counts: [String: Int] = [:]
        /// In the order they came.
        var order: [String] = []
        var hasMore = false

        mutating func see(_ text: String) {
            if let count = counts[text] {
                counts[text] = count + 1
            } else if order.count < SeenValues.most {
                counts[text] = 1
                order.append(text)
            } else {
                hasMore = true
            }
        }
    }

    private var fields: [Field] = []
    private var isOver = false

    /// - Parameter sought: what the filter looks for in each field.
    init(_ paths: [FieldPath], sought: [SoughtValues]) {
        let texts = Dictionary(grouping: sought, by: \.field.path).mapValues { values in
            values.flatMap { $0.tests.compactMap { $0.value?.value.text.foldedForSearch } }
        }
        var known: Set<FieldPath> = []
        fields = paths.filter { known.insert($0).inserted }.map {
            Field(path: $0, reader: RowFieldReader($0), sought: texts[$0] ?? [])
        }
    }

    mutating func see(_ rows: [Row], keptAny: Bool) {
        if isOver { return }
        if keptAny {
            (isOver, fields) = (true, [])
            return
        }
        for index in fields.indices {
            for row in rows {
                for text in Self.texts(fields[index].reader.value(in: row)) { fields[index].see(text) }
            }
        }
    }

    private static func texts(_ value: Value) -> [String] {
        switch value {
        case .null: ["null"]
        case .list(let elements): elements.isEmpty ? ["null"] : elements.flatMap(texts)
        default: [value.shownText]
        }
    }

    /// - Parameter absent: fields reported elsewhere as missing.
    func note(without absent: [FieldPath]) -> String? {
        let shown = fields.filter { !absent.contains($0.path) && !$0.order.isEmpty }.map(Self.sentence)
        return shown.isEmpty ? nil : "No row matches; " + shown.joined(separator: "; ")
    }

    /// The different values of a field in the order they came, without nulls.
    func values(of path: FieldPath) -> [String] { field(path)?.order.filter { $0 != "null" } ?? [] }

    /// Which values a field has, as `city is London (3), Paris`; nil before the first row.
    func sentence(about path: FieldPath) -> String? {
        field(path).flatMap { $0.order.isEmpty ? nil : Self.sentence($0) }
    }

    /// Whether a row has no value there.
    func hasNull(_ path: FieldPath) -> Bool { field(path)?.counts["null"] != nil }

    /// Whether a field has few values that many rows share, rather than a separate one for each.
    func isVocabulary(_ path: FieldPath) -> Bool {
        guard let field = field(path) else { return false }
        return field.order.count < 5 || field.counts.contains { $0.key != "null" && $0.value > 1 }
    }

    private func field(_ path: FieldPath) -> Field? { fields.first { $0.path == path } }

    private static func sentence(_ field: Field) -> String {
        // What was probably meant first, then the frequent; of equals the one that came first.
        let meant = Set(field.sought.compactMap { Self.meant(by: $0, among: field.order) })
        let order = field.order.enumerated().sorted { a, b in
            if meant.contains(a.element) != meant.contains(b.element) { return meant.contains(a.element) }
            let (x, y) = (field.counts[a.element] ?? 0, field.counts[b.element] ?? 0)
            return x == y ? a.offset < b.offset : x > y
        }
        let areAllDifferent = field.counts.values.allSatisfy { $0 == 1 }
        let named = order.prefix(shown).map {
            short($0.element) + (areAllDifferent ? "" : " (\(field.counts[$0.element] ?? 0))")
        }
        let rest = order.count - named.count
        let more =
            rest == 0
            ? "" : field.hasMore ? " and more than \(rest) others" : " and \(rest) other\(rest == 1 ? "" : "s")"
        return "\(field.path) is ".neutralised + named.joined(separator: ", ") + more
    }

    /// - Parameter sought: folded as for a search.
    private static func meant(by sought: String, among values: [String]) -> String? {
        let folded = values.map(\.foldedForSearch)
        let index =
            folded.firstIndex(of: sought)
            ?? Suggestion.nearest(to: sought, among: folded).flatMap { folded.firstIndex(of: $0) }
        return index.map { values[$0] }
    }

    private static func short(_ text: String) -> String { [text.brief(longest)].listedNames }
}
