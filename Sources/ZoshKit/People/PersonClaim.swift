/// What a row says about which user it means: ids and e-mails found under its headings, or why it names none.
///
/// For example a row with `id` 4150868000000225013 and `email` ada@example.com claims both, and they must agree.
public struct PersonClaim: Sendable {
    public enum Fault: Sendable, Hashable {
        /// A sentence about this row's own cells.
        case cell(String)
        /// The headings hold neither an id nor an e-mail, so that no row can name a user.
        case noColumn([String])
    }

    public private(set) var ids: [WrittenID] = []
    public private(set) var emails: [WrittenEmail] = []
    public private(set) var fault: Fault?
    public let origin: RowOrigin?
    /// The row itself, when it had headings.
    public let row: Row?

    /// The users that rows mean: one each, none when all its cells are empty, several when it is a line of text that
    /// lists them.
    /// - Parameters:
    ///   - key: the only kind of name that counts, when the person said so.
    ///   - isField: whether a heading is a field of users, and hence says something about them.
    public static func claims(
        of rows: [Row], key: PersonKey? = nil, isField: (String) -> Bool = { _ in false }
    ) -> [PersonClaim] {
        let sources = Dictionary(grouping: rows) { $0.origin?.file }.mapValues { RowHeadings($0, isField) }
        return rows.flatMap { row in
            guard let headings = sources[row.origin?.file] else { return [PersonClaim]() }
            if headings.areOneList { return claims(inList: row, key) }
            guard var claim = PersonClaim(row, key) else { return [] }
            // What other rows have is a fault of this one alone.
            if headings.differ, case .noColumn(let names) = claim.fault {
                claim.fault = .cell("the row has \(needed(key))" + (names.isEmpty ? "" : ", only \(shown(names))"))
            }
            return [claim]
        }
    }

    /// The users that a row of a list means: a line of text, a list of texts, the only column of a table.
    private static func claims(inList row: Row, _ key: PersonKey?) -> [PersonClaim] {
        guard row.count == 1, PersonHeading(row.names[0]) == nil else {
            return PersonClaim(row, key).map { [$0] } ?? []
        }
        switch row.values[0] {
        case .row(let inner): return claims(inList: inner.located(at: row.origin), key)
        case .list: return [PersonClaim(fault: .noColumn(row.names), row)]
        case let value: return pieces(of: value.text).map { PersonClaim(text: $0, row.origin) }
        }
    }

    private init(fault: Fault, _ row: Row) {
        self.row = row
        origin = row.origin
        self.fault = fault
    }

    /// - Returns: nil when every cell is empty: spreadsheets leave such rows behind.
    private init?(_ row: Row, _ key: PersonKey?) {
        self.row = row
        origin = row.origin
        var hasColumn = false
        for (name, value) in row.fields {
            guard let heading = PersonHeading(name) else { continue }
            if heading == .id, key != .email {
                hasColumn = true
                if let text = Self.cell(value) { add(WrittenID(text)) }
            } else if heading == .email, key != .id {
                hasColumn = true
                if let text = Self.cell(value) { add(email: text) }
            }
        }
        guard fault == nil, ids.isEmpty, emails.isEmpty else { return }
        if row.values.allSatisfy({ Self.cell($0) == nil }) { return nil }
        fault = hasColumn ? .cell("the row has \(Self.needed(key))") : .noColumn(row.names)
    }

    private static func needed(_ key: PersonKey?) -> String {
        key.map { "no \($0 == .id ? "id" : "e-mail")" } ?? "neither an id nor an e-mail"
    }

    /// A few of a row's headings.
    private static func shown(_ names: [String]) -> String {
        names.prefix(3).map { String($0.prefix(40)).showingUnseen }.listedNames + (names.count > 3 ? ", …" : "")
    }

    private init(text: String, _ origin: RowOrigin?) {
        row = nil
        self.origin = origin
        let id = WrittenID(text)
        if id.digits != nil || id.isDamaged {
            ids = [id]
        } else if text.contains("@") {
            add(email: text)
        } else {
            fault = .cell("'\(text.showingUnseen)' is not a user id or an e-mail address")
        }
    }

    private mutating func add(_ id: WrittenID) {
        if let other = ids.first, other.text != id.text {
            fault = .cell("the row has two ids, '\(other.text.showingUnseen)' and '\(id.text.showingUnseen)'")
        } else {
            ids = [id]
        }
    }

    private mutating func add(email text: String) {
        do throws(WrittenEmail.Fault) {
            let email = try WrittenEmail(text)
            if !emails.contains(where: { $0.key == email.key }) { emails.append(email) }
        } catch { fault = .cell(error.reason) }
    }

    /// The text of a cell; nil when nothing is in it.
    private static func cell(_ value: Value) -> String? {
        let text = value.text
        return text.trimmedOfUnseen.isEmpty ? nil : text
    }

    /// `a@x, b@y` and `Ada <a@x>; Bob <b@y>` list users when each part is one; any other text is one name.
    private static func pieces(of text: String) -> [String] {
        let parts = text.split { $0 == "," || $0 == ";" }.map { String($0).trimmedOfUnseen }.filter { !$0.isEmpty }
        guard parts.count > 1, WrittenID(text).digits == nil, !WrittenID(text).isDamaged,
            parts.allSatisfy({ WrittenID($0).digits != nil || (try? WrittenEmail($0)) != nil })
        else { return text.trimmedOfUnseen.isEmpty ? [] : [text] }
        return parts
    }
}
