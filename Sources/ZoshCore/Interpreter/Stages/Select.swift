internal import ZoshKit

/// `select email, role.name as role`: fields in this order, under these names, and no others.
struct Select: FieldStage {
    let signature = Signature(
        "select", "Keep these fields, in this order", facts: [.keepsFields, .picksFields], input: .required,
        effect: .local
    ) {
        Argument("field", .list(.field), .oneOrMore, "Fields, or * for all; 'role.name as role' gives another name")
    }

    let examples = [Example("users list | select email, role.name as role", "a nested field, renamed")]

    func fieldsRead(_ call: Call, _ condition: Condition?) throws -> [FieldUse] {
        Self.isEverything(call) ? [] : try Self.picks(call.values("field")).map(\.use)
    }

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        guard let input = call.input else { return .none }
        if Self.isEverything(call) { return Self.everything(input) }
        let picks = try Self.picks(call.values("field"))
        let fields = KnownFields.exactly(picks.map(\.target), were: picks.map(\.source), of: input.columns.fields)
        var columns = Columns(picks.map(\.target), card: input.columns.card, fields: fields)
        columns.joined = input.columns.joined
        columns.isChosen = true
        return input.transformed(columns) { Picking(picks) }
    }

    private static func isEverything(_ call: Call) -> Bool { isEverything(call.signature, call.values("field")) }

    /// Whether the words of a stage are those of `select *`.
    static func isEverything(_ signature: Signature?, _ words: [BoundValue]) -> Bool {
        signature?.states(.picksFields) == true && words.map(\.text) == ["*"]
    }

    /// `select *`: every field of every row, where a table or a card would show the useful ones.
    private static func everything(_ input: RowStream) -> RowStream {
        var columns = Columns([], card: input.columns.card, fields: input.columns.fields)
        columns.isWhole = true
        return RowStream(columns, from: input.source)
    }

    struct Pick: Sendable {
        let use: FieldUse
        let target: FieldPath

        var source: FieldPath { use.path }
    }

    static func picks(_ words: [BoundValue]) throws -> [Pick] {
        var picks: [Pick] = []
        var targets: Set<FieldPath> = []
        var index = 0
        while index < words.count {
            let use = FieldUse(words[index])
            var target = use.path
            if index + 1 < words.count, words[index + 1].text == "as" {
                guard index + 2 < words.count else {
                    throw ZoshError(
                        .usage, "a name is missing after 'as'", at: words[index + 1].span,
                        remedy: "select role.name as role")
                }
                // A new name is one name, whatever it is made of.
                target = FieldPath(words[index + 2].text)
                index += 2
            }
            guard targets.insert(target).inserted else {
                throw ZoshError(
                    .usage, "'\(target)' is selected twice", at: words[index].span,
                    remedy: "rename one: \(use.path) as NAME")
            }
            picks.append(Pick(use: use, target: target))
            index += 1
        }
        return picks
    }

    private struct Picking: RowTransform {
        private let picks: [Pick]
        private let readers: [RowFieldReader]
        private var watch: FieldWatch
        /// The shape of all results, when no result is nested.
        private let shape: Shape?

        init(_ picks: [Pick]) {
            self.picks = picks
            readers = picks.map { RowFieldReader($0.source) }
            watch = FieldWatch(picks.map(\.source))
            shape = picks.allSatisfy { $0.target.names.count == 1 } ? Shape(picks.map { $0.target.names[0] }) : nil
        }

        mutating func apply(_ rows: [Row]) -> [Row] {
            watch.see(rows)
            return rows.map { row in
                if let shape {
                    return Row(shape: shape.located(at: row.origin), values: readers.map { $0.value(in: row) })
                }
                return picks.reduce(into: Row()) { $0.set(row[$1.source], at: $1.target.names[...]) }.located(
                    at: row.origin)
            }
        }

        var notes: [String] { watch.notes }
    }
}

extension Row {
    /// Sets a value at a path, making the rows on the way.
    mutating func set(_ value: Value, at path: ArraySlice<String>) {
        guard let name = path.first else { return }
        guard path.count > 1 else {
            self[name] = value
            return
        }
        var inner = self[name]?.row ?? Row()
        inner.set(value, at: path.dropFirst())
        self[name] = .row(inner)
    }
}
