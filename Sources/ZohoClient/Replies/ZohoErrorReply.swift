internal import ZoshKit

/// What Zoho said when it said no, in whichever of its envelopes it said it.
///
/// Whole requests fail with `{code, details, message, status}`; single records fail with the same object inside
/// `{"users":[…]}`, under any HTTP status, 200 included; an older shape is `{"code":429,"error":"TOO_MANY_REQUESTS"}`.
/// Only `code` is stable: messages change their spelling, so nothing branches on them.
struct ZohoErrorReply: Sendable, Equatable {
    let status: Int
    /// Empty when the reply named none.
    let code: String
    let message: String
    /// As sent: an object, a list, a string, or null.
    let details: Value

    /// The error a reply holds; nil when it holds none.
    static func found(in reply: ZohoReply) -> ZohoErrorReply? {
        if let row = reply.body.row {
            if let error = ZohoErrorReply(row, status: reply.status) { return error }
            for value in row.values {
                // Records of data may have a field called code or error; a verdict they have not.
                guard let record = value.list?.first?.row, record.string("status") == "error" else { continue }
                if let error = ZohoErrorReply(record, status: reply.status) { return error }
            }
        }
        guard reply.status >= 400 else { return nil }
        return ZohoErrorReply(status: reply.status, code: "", message: "HTTP status \(reply.status)", details: .null)
    }

    /// Reads one object as an error; nil when it is data or a success.
    init?(_ row: Row, status: Int) {
        let code = Self.code(in: row)
        guard let code, row.string("status") == "error" || row.string("status") == "failure" || row["status"] == nil,
            code != "SUCCESS", code != "SCHEDULED"
        else { return nil }
        // Without a verdict, an object with a code is an error only if the status line says so.
        guard row["status"] != nil || row["error"] != nil || status >= 400 else { return nil }
        self.status = status
        self.code = code
        message = row.string("message") ?? row.string("error_info") ?? row.string("error_description") ?? ""
        details = row["details"] ?? .null
    }

    init(status: Int, code: String, message: String, details: Value) {
        self.status = status
        self.code = code
        self.message = message
        self.details = details
    }

    private static func code(in row: Row) -> String? {
        switch row["code"] {
        case .string(let text)?: return PlainText.shown(text, limit: 60)
        case .integer(let number)?: return row.string("error").map { PlainText.shown($0, limit: 60) } ?? String(number)
        default: return row.string("error").map { PlainText.shown($0, limit: 60) }
        }
    }

    /// The token is dead or unknown: another one may do better.
    var isDeadToken: Bool { status == 401 && (code == "INVALID_TOKEN" || code == "INVALID_OAUTHTOKEN") }

    /// What the details say about the place, in a few words; nil when they say nothing.
    var place: String? {
        switch details {
        case .string(let text): return text.isEmpty ? nil : PlainText.shown(text, limit: 80)
        case .row(let row): return Self.place(in: row)
        case .list(let values):
            let words = values.compactMap {
                $0.row.flatMap(Self.place) ?? $0.string.map { PlainText.shown($0, limit: 40) }
            }
            return words.isEmpty ? nil : words.prefix(3).joined(separator: ", ")
        default: return nil
        }
    }

    private static func place(in row: Row) -> String? {
        var words: [String] = []
        func add(_ name: String, _ label: String = "") {
            guard let value = row[name], !value.isNull, words.count < 3 else { return }
            let text: String =
                switch value {
                case .list(let parts): parts.map(\.text).joined(separator: ", ")
                case .row(let inner): inner.string("api_name") ?? inner.string("json_path") ?? value.text
                default: value.text
                }
            guard !text.isEmpty else { return }
            words.append(label + PlainText.shown(text, limit: 80))
        }
        add("api_name")
        if words.isEmpty { add("json_path") }
        add("param_name")
        add("param")
        add("parent_api_name", "in ")
        add("expected_data_type", "expected ")
        add("expected_fields", "expected ")
        add("expected_data", "expected ")
        add("maximum_length", "at most ")
        add("permissions", "needs ")
        add("limit", "limit ")
        add("supported_version", "supported: ")
        add("dependee", "depends on ")
        add("mapped_field", "clashes with ")
        add("owner_status")
        add("role_status")
        if words.isEmpty { add("id", "id ") }
        return words.isEmpty ? nil : words.joined(separator: ", ")
    }

    /// The administrative rights Zoho says are missing (`Crm_Implied_Manage_Users`).
    var permissions: [String] {
        guard let value = details.row?["permissions"] else { return [] }
        return value.list?.compactMap(\.string) ?? value.string.map { [$0] } ?? []
    }
}
