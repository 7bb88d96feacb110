import ZoshKit

/// Rows of a file or a pipe, each with the values of one user: every heading a field, every wrong row reported at once.
struct UserRows {
    /// What becomes of the rows.
    enum Purpose {
        /// Each row is a new user, who must have these fields.
        case add(required: [String])
        /// Each row names a user, who gets the values of the other columns.
        case update
    }

    /// The values of one user.
    struct UserRow {
        /// As it was read.
        var row = Row()
        /// Where no file says its line, from 1.
        var number = 0
        var sent: Row
        var shown: Row

        /// `changes.csv:3`, or `row 2` where no file says its line.
        var place: String { row.origin?.description ?? "row \(number)" }
    }

    let fields: UserFields
    let purpose: Purpose
    /// Whether columns that are not fields of a user are passed over.
    let ignoresColumns: Bool
    /// Fields that are emptied where a row has nothing for them.
    let cleared: [String]
    let span: Span

    private(set) var problems = RowProblems()
    private var headings: [Shape: [Column]] = [:]

    /// What a column of the rows is: the field it sets, nil when it is passed over.
    private struct Column {
        let name: String
        let field: Field?
    }

    init(_ fields: UserFields, _ purpose: Purpose, ignoresColumns: Bool, cleared: [String], at span: Span) {
        self.purpose = purpose
        self.fields = fields
        self.ignoresColumns = ignoresColumns
        self.cleared = cleared
        self.span = span
    }

    /// What is wrong with rows is in `problems` afterwards.
    mutating func read(_ stream: RowStream) async throws -> [UserRow] {
        var users: [UserRow] = []
        var number = 0
        var places: [String: String] = [:]
        while let batch = try await stream.next() {
            for row in batch.rows where !row.values.allSatisfy(Self.isEmpty) {
                number += 1
                let row = try await withDottedHeadings(row)
                let columns = try await columns(of: row)
                guard let user = try await user(row, columns, number) else { continue }
                users.append(user)
                guard case .add = purpose else { continue }
                let email = user.sent["email"]?.text ?? ""
                let place = row.origin?.description ?? "row \(number)"
                if let other = places.updateValue(place, forKey: EmailAddress.folded(email)) {
                    problems.add("\(email.neutralised) is in \(other) as well", at: row.origin, row: number)
                }
            }
        }
        return users
    }

    /// - Throws: `ZoshError.usage` with all that is wrong, before anything is sent.
    func checkAll(and others: RowProblems = RowProblems()) throws {
        var all = problems
        all.add(others)
        guard !all.isEmpty else { return }
        let summary = if case .add = purpose { "cannot be added" } else { "cannot be changed" }
        throw all.error(.usage, summary, ending: ZoshError.nothingChanged, at: span)
    }

    /// The row with `zip.code` as one column, where a file's reader saw a `code` inside `zip`.
    private func withDottedHeadings(_ row: Row) async throws -> Row {
        guard row.values.contains(where: { $0.row != nil }) else { return row }
        var flat = Row()
        for (name, value) in row.fields {
            if let inner = value.row, try await !fields.holdsObject(inner, headed: name) {
                for (part, value) in inner.fields { flat["\(name).\(part)"] = value }
            } else {
                flat[name] = value
            }
        }
        return flat.located(at: row.origin)
    }

    /// Rows of one file share their headings, which are looked at once.
    private mutating func columns(of row: Row) async throws -> [Column] {
        if let known = headings[row.shape] { return known }
        var columns: [Column] = []
        var taken: [String: String] = [:]
        for name in row.names {
            let field = try await field(headed: name, row)
            if let field, let other = taken.updateValue(name, forKey: field.name) {
                problems.add(
                    file: "the headings '\(other.showingUnseen)' and '\(name.showingUnseen)' both mean \(field.name)",
                    at: row.origin)
            }
            columns.append(Column(name: name, field: field))
        }
        if case .update = purpose, cleared.isEmpty, columns.allSatisfy({ $0.field == nil }), problems.isEmpty {
            problems.add(
                file: "no column says what to change", at: row.origin,
                remedy:
                    "use names of fields as headings; to set a field on the line for every row: users update @FILE …")
        }
        let absent = required.filter { taken[$0] == nil }
        if !absent.isEmpty {
            let found = row.names.prefix(20).map { "'\(String($0.prefix(60)).showingUnseen)'" }.joined(separator: ", ")
            problems.add(
                file:
                    "no column for \(absent.joined(separator: ", ")) (the headings are "
                    + "\(found)\(row.count > 20 ? ", …" : ""))",
                at: row.origin, remedy: "see the headings of such a file: users add --template")
        }
        headings[row.shape.located(at: nil)] = columns
        return columns
    }

    /// Fields that every row must have.
    private var required: [String] { if case .add(let required) = purpose { required } else { [] } }

    private mutating func field(headed name: String, _ row: Row) async throws -> Field? {
        // The column that names the user is not changed.
        if case .update = purpose, PersonHeading(name) != nil { return nil }
        do { return try await fields.field(named: name.trimmedOfUnseen, at: nil) } catch let error as ZoshError
            where error.kind == .usage
        {
            // `Work Email` and the like are addresses here as well, when no other column is.
            if case .add = purpose, PersonHeading(name) == .email,
                !row.names.contains(where: { $0 != name && PersonHeading($0) == .email })
            {
                return try await fields.field(named: "email", at: nil)
            }
            guard !ignoresColumns else { return nil }
            // What `jobs failed` says of a row that is tried again.
            if ["outcome", "reason"].contains(name), row["outcome"] != nil, row["reason"] != nil { return nil }
            let hint = error.suggestion.map { " (\($0))" } ?? ""
            problems.add(
                file: error.problem + hint, at: row.origin,
                remedy: "--ignore-columns skips columns that are not fields")
            return nil
        }
    }

    private mutating func user(_ row: Row, _ columns: [Column], _ number: Int) async throws -> UserRow? {
        let before = problems.count
        var sent = Row()
        var shown = Row()
        for (column, value) in zip(columns, row.values) {
            // An empty cell says nothing; it does not ask for an empty field.
            guard let field = column.field, !Self.isEmpty(value) else { continue }
            do {
                let resolved = try await fields.resolve([
                    FieldAssignment(name: field.name, value: Self.trimmed(value), span: span)
                ])
                sent[field.name] = resolved.sent[field.name]
                shown[field.name] = resolved.shown[field.name]
            } catch let error as ZoshError where error.kind == .usage {
                // A list is about every cell of the column.
                var error = error
                if let choices = error.choices { error.remedy = "\(field.name)s are: \(choices)" }
                problems.add(error, at: row.origin, row: number)
            }
        }
        for name in cleared where sent[name] == nil {
            sent[name] = .null
            shown[name] = .null
        }
        let given = Set(columns.compactMap(\.field?.name))
        let wrong = Set(zip(columns, row.values).compactMap { Self.isEmpty($1) ? nil : $0.field?.name })
        let empty = required.filter { given.contains($0) && !wrong.contains($0) }
        if !empty.isEmpty {
            problems.add("a new user needs \(empty.joined(separator: ", "))", at: row.origin, row: number)
        }
        return problems.count == before ? UserRow(row: row, number: number, sent: sent, shown: shown) : nil
    }

    private static func isEmpty(_ value: Value) -> Bool { value.text.trimmedOfUnseen.isEmpty }

    private static func trimmed(_ value: Value) -> Value {
        if case .string(let text) = value { .string(text.trimmedOfUnseen) } else { value }
    }
}
