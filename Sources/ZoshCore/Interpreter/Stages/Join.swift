internal import ZoshKit

/// `join leavers.csv on email`: rows that have a partner in a file or a variable, with the partner's fields added.
///
/// Holds the other side. Keys compare as text, exactly. A partner's field whose name is taken is called `NAME_2`.
struct Join: FieldStage {
    let signature = Signature("join", "Add the fields of rows in a file or a variable", input: .required, effect: .local) {
        Argument("with", .file, "A file of rows, or $rows")
        Argument("on", .list(.field), .oneOrMore, "'on FIELD': the field both sides share")
    }

    let examples = [Example("users list | join leavers.csv on email | select id, email", "who of a file is in Zoho")]

    func fieldsRead(_ call: Call, _ condition: Condition?) throws -> [FieldUse] { [try Self.key(call)] }

    private static func key(_ call: Call) throws -> FieldUse {
        var words = call.values("on")[...]
        if words.first?.text == "on" { words = words.dropFirst() }
        guard words.count == 1, let key = words.first else {
            throw ZoshError(
                .usage, "'join' needs one field after 'on'", at: call.span(of: "on"), remedy: "join leavers.csv on email")
        }
        return FieldUse(key)
    }

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        guard let input = call.input else { return .none }
        let path = try Self.key(call).path
        let others = try await Self.others(call, core)
        var columns = input.columns
        // What the partners add is what somebody joins for.
        if !columns.headline.isEmpty {
            let taken = Set(columns.headline.map(\.description))
            let names = others.first?.names.filter { $0 != path.description && !taken.contains($0) } ?? []
            columns.headline += names.map { FieldPath($0) }
        }
        if let known = columns.fields {
            let added = KnownFields.union(of: others).others.map(\.name).filter { [$0] != path.names }
            let taken = FieldNames(known.all)
            // A partner's field whose name is taken gets another.
            columns.fields = known.adding(
                added.map { if case .field(let field) = taken.meaning(of: $0), field.name == $0 { $0 + "_2" } else { $0 } },
                joined: true)
        }
        return input.transformed(columns) { Pairing(path, others) }
    }

    /// Rows of the other side.
    static let most = 1_000_000

    private static func others(_ call: Call, _ core: CoreContext) async throws -> [Row] {
        guard let given = call.values("with").last else { return [] }
        if let values = given.value.list { return values.compactMap(\.row) }
        do {
            let rows = try await core.files.rows(at: given.text).collect(limit: most + 1)
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
        private let others: [String: [Row]]
        private var alone = 0
        private var watch: FieldWatch

        init(_ key: FieldPath, _ rows: [Row]) {
            self.key = key
            watch = FieldWatch([key])
            var others: [String: [Row]] = [:]
            for row in rows where !row[key].isNull { others[row[key].text, default: []].append(row) }
            self.others = others
        }

        /// A partner's fields are among them.
        var keepsColumns: Bool { false }

        mutating func apply(_ rows: [Row]) -> [Row] {
            watch.see(rows)
            return rows.flatMap { row in
                guard !row[key].isNull, let partners = others[row[key].text] else {
                    alone += 1
                    return [Row]()
                }
                return partners.map { merged(row, $0) }
            }
        }

        private func merged(_ row: Row, _ partner: Row) -> Row {
            var result = row
            for field in partner.fields where [field.name] != key.names {
                result[row[field.name] == nil ? field.name : field.name + "_2"] = field.value
            }
            return result
        }

        var notes: [String] { watch.notes + (alone == 0 ? [] : ["\(alone) row\(alone == 1 ? "" : "s") had no partner"]) }
    }
}
