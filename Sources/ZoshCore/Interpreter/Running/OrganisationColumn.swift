internal import ZoshKit

/// A column of rows from elsewhere that may say where they belong: `org`, `Organisation Name`.
///
/// Where it names connections, or organisations of one connection each, it is a column `connection`. In a list of an
/// HR system it may be a department; taken for nothing, it would leave users of another organisation to the current
/// one.
enum OrganisationColumn {
    static func isMeant(by heading: String) -> Bool { PlaceHeading(heading) == .organisation }

    static func mayCount(in row: Row) -> Bool { row.names.contains(where: isMeant) }

    /// Rows with a column `connection` in its place; the rows as they are where it says nothing of the kind.
    /// - Parameters:
    ///   - areOfZoho: whether they are users of Zoho, which may have such a field, or such a column from a `join`.
    ///   - isField: whether users have a field of that name.
    /// - Throws: `ZoshError.usage` where it is not clear what it says.
    static func resolved(
        _ rows: [Row], among all: [ConnectionSummary], areOfZoho: Bool, isField: (String) async throws -> Bool
    ) async throws -> [Row] {
        let found = try rows.map(place)
        try checkAgreement(rows, among: all)
        guard !all.isEmpty, let first = zip(rows, found).first(where: { value(of: $0, at: $1) != nil }),
            let heading = first.1.map({ first.0.names[$0] })
        else { return rows }
        if areOfZoho, try await isField(heading) { return rows }
        var known: [String: String?] = [:]
        for (row, place) in zip(rows, found) {
            if let text = value(of: row, at: place), known[text] == nil { known[text] = .some(name(text, among: all)) }
        }
        guard known.values.contains(where: { $0 != nil }) else {
            if areOfZoho { return rows }
            if try await isField(heading) { return rows }
            throw isUnclear(heading, first.0, value(of: first.0, at: first.1) ?? "", among: all)
        }
        return zip(rows, found).map { row, place in
            guard let place else { return row }
            var (names, values) = (row.names, row.values)
            let text = values[place].text.trimmedOfUnseen
            names[place] = "connection"
            values[place] = .string(known[text].flatMap(\.self) ?? text)
            return Row(shape: Shape(names, origin: row.origin), values: values)
        }
    }

    /// Checks columns that no heading explains: one whose values all name connections or organisations may say where
    /// its rows belong, whatever it is called.
    /// - Parameters:
    ///   - here: the connection that the rows would be taken for.
    ///   - isField: whether users have a field of that name.
    /// - Throws: `ZoshError.usage` when a value names another connection than `here`.
    static func checkValues(
        _ rows: [Row], among all: [ConnectionSummary], here: String?, isField: (String) async throws -> Bool
    ) async throws {
        guard all.count > 1 else { return }
        for heading in headings(of: rows) where PersonHeading(heading) == nil {
            guard let (row, text) = elsewhere(rows, under: heading, among: all, here: here),
                !(try await isField(heading))
            else { continue }
            throw ZoshError(
                .usage,
                "the column '\(heading.showingUnseen)' may say where the row belongs: '\(text.showingUnseen)' is "
                    + "another connection or organisation", in: row.origin, consequence: ZoshError.nothingChanged,
                remedy: "call the column connection, or \(leavingOut(heading, of: row))")
        }
    }

    /// Every heading of the rows once; the rows of a JSON file may differ in theirs.
    private static func headings(of rows: [Row]) -> [String] {
        var found: [String] = []
        var last: [String] = []
        for row in rows where row.names != last {
            last = row.names
            found += last.filter { !found.contains($0) }
        }
        return found
    }

    /// The first value of a column that names another connection than `here`; nil where a value names none at all.
    private static func elsewhere(
        _ rows: [Row], under heading: String, among all: [ConnectionSummary], here: String?
    ) -> (row: Row, text: String)? {
        var found: (row: Row, text: String)?
        for row in rows {
            guard let text = value(of: row, at: row.names.firstIndex(of: heading)) else { continue }
            // Most columns end here, at their first value.
            guard let name = name(text, among: all) else { return nil }
            if name != here { found = found ?? (row, text) }
        }
        return found
    }

    /// - Throws: `ZoshError.usage` where a row names one connection and the organisation of another.
    private static func checkAgreement(_ rows: [Row], among all: [ConnectionSummary]) throws {
        var column = ConnectionColumn()
        for row in rows where ConnectionColumn.stands(in: row) {
            guard let (connection, rest) = try column.split(row), !connection.isEmpty else { continue }
            for place in rest.names.indices where isMeant(by: rest.names[place]) {
                guard let text = value(of: rest, at: place), let named = name(text, among: all), named != connection
                else { continue }
                throw ZoshError(
                    .usage,
                    "the column connection says '\(connection.showingUnseen)', and the column "
                        + "'\(rest.names[place].showingUnseen)' says '\(text.showingUnseen)'", in: row.origin,
                    consequence: ZoshError.nothingChanged, remedy: "correct the row, or keep one of the columns")
            }
        }
    }

    /// The connections that rows name under such a heading.
    static func connections(of rows: [Row], among all: [ConnectionSummary]?) -> [String] {
        guard let all else { return [] }
        var names: Set<String> = []
        var seen: Set<String> = []
        for row in rows {
            guard let place = try? place(row), let text = value(of: row, at: place), seen.insert(text).inserted,
                let name = name(text, among: all)
            else { continue }
            names.insert(name)
        }
        return names.sorted()
    }

    /// Where it stands in a row; nil where a column `connection` says what counts.
    private static func place(_ row: Row) throws -> Int? {
        let places = row.names.indices.filter { isMeant(by: row.names[$0]) }
        guard let first = places.first, !ConnectionColumn.stands(in: row) else { return nil }
        if places.count > 1 { throw ConnectionColumn.saidTwice(places.map { row.names[$0] }, row.origin) }
        return first
    }

    private static func value(of row: Row, at place: Int?) -> String? {
        guard let text = place.map({ row.value(at: $0).text.trimmedOfUnseen }), !text.isEmpty else { return nil }
        return text
    }

    /// The connection that a value means: its name, or the name or id of an organisation with one connection.
    static func name(_ text: String, among all: [ConnectionSummary]) -> String? {
        if all.contains(where: { $0.name == text }) { return text }
        let found = all.filter { $0.orgName.trimmedOfUnseen == text || $0.orgID == text }
        return found.count == 1 ? found[0].name : nil
    }

    private static func isUnclear(
        _ heading: String, _ row: Row, _ value: String, among all: [ConnectionSummary]
    ) -> ZoshError {
        ZoshError(
            .usage,
            "the column '\(heading.showingUnseen)' may say where the row belongs, and "
                + "'\(String(value.prefix(60)).showingUnseen)' is not a connection (there are: "
                + "\(all.map(\.name).fewNames))", in: row.origin, consequence: ZoshError.nothingChanged,
            remedy: "\(leavingOut(heading, of: row)), or give the rows a column connection")
    }

    /// Says how the other columns are kept: by their names, where those fit into a hint.
    private static func leavingOut(_ heading: String, of row: Row) -> String {
        let others = row.names.filter { $0 != heading }
        let fits = others.count <= 6 && others.allSatisfy { $0 == $0.showingUnseen && $0.count <= 20 }
        let kept = fits ? others.map { Syntax.quoted($0) }.joined(separator: ",") : "email"
        return "leave the column out (… | select \(kept) | …)"
    }
}
