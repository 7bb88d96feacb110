internal import ZoshKit

/// `join leavers.csv on email`: rows that have a partner in a file or a variable, with the partner's fields added.
///
/// Holds the other side. Keys compare as `==` does: e-mail addresses without case, an object by its name or its id, a
/// list by any of its elements; an empty key has no partner. A partner's field whose name is taken is called `NAME_2`.
struct Join: FieldStage {
    let signature = Signature(
        "join", "Add the fields of rows in a file or a variable", facts: [.joins], input: .required, effect: .local
    ) {
        Argument("with", .file, "A file of rows, or $rows")
        Argument("on", .list(.field), .oneOrMore, "'on FIELD': the field both sides share")
        FileOptions.encodingOption
    }

    let examples = [Example("users list | join leavers.csv on email | select id, email", "who of a file is in Zoho")]

    func fieldsRead(_ call: Call, _ condition: Condition?) throws -> [FieldUse] { [try Self.key(call)] }

    private static func key(_ call: Call) throws -> FieldUse {
        var words = call.values("on")[...]
        if words.first?.text == "on" { words = words.dropFirst() }
        guard words.count == 1, let key = words.first else {
            throw ZoshError(
                .usage, "'join' needs one field after 'on'", at: call.span(of: "on"),
                remedy: "join leavers.csv on email")
        }
        return FieldUse(key)
    }

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        guard let input = call.input else { return .none }
        let key = try Self.key(call)
        let path = key.path
        let others = try await Self.others(call, core)
        let side = call.values("with").last.map { core.runner.text.source.excerpt($0.span) } ?? ""
        var columns = input.columns
        let partnerKey = try SharedKey.path(
            of: path, in: others, columns.fields, called: side.neutralised, at: key.span)
        let fields = KnownFields.union(of: others).others.filter { $0.name != partnerKey.description }
        let added = fields.map(\.name)
        // What the partners add is what somebody joins for.
        if !columns.headline.isEmpty {
            let taken = Set(columns.headline.map(\.description))
            columns.headline += added.filter { !taken.contains($0) }.map { FieldPath($0) }
        }
        if let known = columns.fields {
            let taken = FieldNames(known.all)
            // A partner's field whose name is taken gets another.
            columns.fields = known.adding(
                fields.map { field in
                    guard case .field(let other) = taken.meaning(of: field.name), other.name == field.name else {
                        return field
                    }
                    return field.named(field.name + "_2")
                })
        }
        columns.joined += added
        return input.transformed(columns) { Pairing(path, others, partnerKey, side) }
    }

    /// Rows of the other side.
    static let most = 1_000_000

    private static func others(_ call: Call, _ core: CoreContext) async throws -> [Row] {
        guard let given = call.values("with").last else { return [] }
        if let values = given.value.list { return values.compactMap(\.row) }
        do {
            let rows = try await core.files.rows(at: given.text, FileOptions(encoding: try call["encoding"])).collect(
                limit: most + 1)
            guard rows.count <= most else {
                throw ZoshError(
                    .usage, "'join' holds this file in memory, and it has more than \(most) rows", at: given.span,
                    remedy: "put the larger side before the pipe: open \(given.text) | join …")
            }
            return rows
        } catch {
            throw ZoshError.placed(error, at: given.span)
        }
    }

    private struct Pairing: RowTransform {
        private let key: FieldPath
        private let partnerKey: FieldPath
        private let reader: RowFieldReader
        private let others: [Row]
        /// Where in `others` the rows of a key stand.
        private var places: [String: [Int]] = [:]
        /// The other side as it is written in the line.
        private let side: String
        private var met: Set<Int> = []
        private var count = 0
        private var alone = 0
        /// Whether all rows came: before that nobody knows who has no partner.
        private var isComplete = false
        private var watch: FieldWatch

        init(_ key: FieldPath, _ others: [Row], _ partnerKey: FieldPath, _ side: String) {
            self.key = key
            self.partnerKey = partnerKey
            self.others = others
            self.side = side
            reader = RowFieldReader(key)
            watch = FieldWatch([key])
            for (place, row) in others.enumerated() {
                for name in Set(Self.names(row[partnerKey], partnerKey)) { places[name, default: []].append(place) }
            }
        }

        /// A partner's fields are among them.
        var keepsColumns: Bool { false }

        mutating func apply(_ rows: [Row]) -> [Row] {
            watch.see(rows)
            count += rows.count
            return rows.flatMap { row in
                let found = partners(of: row)
                if found.isEmpty { alone += 1 }
                met.formUnion(found)
                return found.map { merged(row, others[$0]) }
            }
        }

        mutating func finish() -> [Row] {
            isComplete = true
            return []
        }

        private func partners(of row: Row) -> [Int] {
            let names = Self.names(reader.value(in: row), key)
            if names.count == 1 { return places[names[0]] ?? [] }
            return Set(names.flatMap { places[$0] ?? [] }).sorted()
        }

        /// What a key is named by, without what was copied with an e-mail or an id.
        private static func names(_ value: Value, _ path: FieldPath) -> [String] {
            let names = Likeness.names(value)
            switch path.names.last.flatMap({ PersonHeading($0) }) {
            case .email: return names.map { name in (try? WrittenEmail(name)).map { Likeness.folded($0.text) } ?? name }
            case .id: return names.map { WrittenID($0).digits ?? $0 }
            case nil: return names
            }
        }

        private func merged(_ row: Row, _ partner: Row) -> Row {
            var result = row
            for field in partner.fields where field.name != partnerKey.description {
                result[row[field.name] == nil ? field.name : field.name + "_2"] = field.value
            }
            return result
        }

        /// Either side may have lost rows; which one matters, only the person knows.
        var notes: [String] {
            guard isComplete else { return watch.notes }
            let lost = [
                (others.count - met.count, others.count, "of \(side.neutralised)"), (alone, count, "before the pipe"),
            ]
            .filter { $0.0 > 0 }
            .map { left, all, side in "\(left) of \(all) row\(all == 1 ? "" : "s") \(side)" }
            return watch.notes + (lost.isEmpty ? [] : ["No partner for \(lost.joined(separator: " and for "))"])
        }
    }
}
