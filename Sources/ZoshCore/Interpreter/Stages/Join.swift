internal import ZoshKit

/// `join leavers.csv on email`: rows that have a partner in a file or a variable, with the partner's fields added.
///
/// Holds the other side. Keys compare as `==` does (see `JoinKeys`); an empty key has no partner. A partner's
/// field whose name is taken is called `NAME_2` (see `JoinedNames`).
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
        let places = try await RowPlaces.find(columns.connections, shell, core.runner.text.interpreter.contexts)
        let own = try await Self.own(columns.fields, beside: fields, places)
        let names = JoinedNames(fields.map(\.name), besides: own)
        let added = fields.map { names[$0.name] }
        // The added fields are what a join is for.
        if !columns.headline.isEmpty {
            let taken = Set(columns.headline.map(\.description))
            columns.headline += added.filter { !taken.contains($0) }.map { FieldPath($0) }
        }
        if let known = columns.fields {
            columns.fields = known.adding(zip(fields, added).map { $0.name == $1 ? $0 : $0.named($1) })
        }
        columns.joined += fields.map(\.name) + zip(fields, added).filter { $0.name != $1 }.map(\.1)
        let people = try await Self.people(
            path, input.columns, others.map { $0[partnerKey] }, places, at: key.span)
        let use = FieldUse(path, at: key.span, originalPath: input.columns.fields?.former(of: path))
        let keys = JoinKeys(use, partnerKey, people, core.dates)
        return input.transformed(columns) { Pairing(path, others, partnerKey, keys, names, side) }
    }

    /// The fields the rows before the pipe can have. Where a name of the other side may be that of a field which the
    /// organisation made itself, Zoho's list tells.
    private static func own(_ known: KnownFields?, beside partners: [Field], _ places: RowPlaces) async throws
        -> [Field]
    {
        guard let known else { return [] }
        guard let resource = known.resource else { return known.all }
        var described = places.directory.snapshot.fields(of: resource).names
        let documented = FieldNames(described.fields + known.others)
        if partners.contains(where: { documented.meaning(of: $0.name) == .unknown }) {
            do { described = try await places.directory.fields(of: resource).names } catch let error as ZoshError
                where error.kind != .cancelled
            {}
        }
        return described.fields + known.others
    }

    /// The ids of the users whose e-mails are keys of the other side, by folded e-mail, where the key before the pipe
    /// is a user: Zoho shows a name and an id alone of another user.
    private static func people(
        _ key: FieldPath, _ columns: Columns, _ keys: [Value], _ places: RowPlaces, at span: Span
    ) async throws -> [String: [String]] {
        guard let origin = columns.fields?.origin(of: key), origin.noun == .users else { return [:] }
        let emails = Set(
            keys.compactMap(\.string).filter { $0.contains("@") }.map { Likeness.folded($0.trimmedOfUnseen) })
        let values = DirectoryValues(places)
        guard !emails.isEmpty, values.target(origin.path) == Resource.users.name else { return [:] }
        var found: [String: [String]] = [:]
        for person in try await values.people(within: 3600, at: span)?.joined() ?? [].joined() {
            let email = EmailAddress.folded(person.email)
            if emails.contains(email) { found[email, default: []].append(person.id) }
        }
        return found
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
        private let keys: JoinKeys
        private let partnerKey: FieldPath
        private let reader: RowFieldReader
        private let others: [Row]
        private var names: JoinedNames
        /// Where in `others` the rows of a key stand.
        private var places: [String: [Int]] = [:]
        /// The other side as it is written in the line.
        private let side: String
        private var met: Set<Int> = []
        private var count = 0
        private var alone = 0
        /// Whether all rows came: before that it is not known who has no partner.
        private var isComplete = false
        private var watch: FieldWatch

        init(
            _ key: FieldPath, _ others: [Row], _ partnerKey: FieldPath, _ keys: JoinKeys, _ names: JoinedNames,
            _ side: String
        ) {
            self.names = names
            self.keys = keys
            self.partnerKey = partnerKey
            self.others = others
            self.side = side
            reader = RowFieldReader(key)
            watch = FieldWatch([key])
            for (place, row) in others.enumerated() {
                for key in keys.offered(row[partnerKey]) { places[key, default: []].append(place) }
            }
        }

        /// A partner's fields are among them.
        var keepsColumns: Bool { false }

        mutating func apply(_ rows: [Row]) -> [Row] {
            watch.see(rows)
            names.see(rows)
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
            let sought = keys.sought(reader.value(in: row))
            if sought.count == 1, let only = sought.first { return places[only] ?? [] }
            return Set(sought.flatMap { places[$0] ?? [] }).sorted()
        }

        private func merged(_ row: Row, _ partner: Row) -> Row {
            var result = row
            for field in partner.fields where field.name != partnerKey.description {
                result[names[field.name]] = field.value
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
            return watch.notes + (lost.isEmpty ? [] : ["No match for \(lost.joined(separator: " and for "))"])
        }
    }
}
