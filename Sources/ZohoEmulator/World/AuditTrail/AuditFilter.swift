/// Which lines of the audit log an export has: the criteria of the Create Export Audit Log documentation.
///
/// Fields are `module`, `action`, `done_by` (`equal`, `in`) and `audited_time` (`between`, at most 180 days); a group
/// joins two of them, or of other groups, by `and`.
struct AuditFilter: Sendable {
    private static let longest = 180 * 86_400

    private var modules: Set<String>?
    private var actions: Set<String>?
    private var people: Set<String>?
    private var times: ClosedRange<Int>?

    init(_ criteria: JSONValue?) throws(APIFailure) {
        if let criteria, !criteria.isNull { try add(criteria, "$.audit_log_export[0].criteria") }
    }

    func includes(_ record: AuditRecord) -> Bool {
        modules?.contains("users") != false && actions?.contains(record.action.rawValue.lowercased()) != false
            && people?.contains(String(record.doneByID)) != false && times?.contains(record.time) != false
    }

    private mutating func add(_ criterion: JSONValue, _ path: String) throws(APIFailure) {
        guard let object = criterion.object else { throw Self.invalid(path) }
        if let group = object["group"]?.array {
            guard object["group_operator"]?.string?.lowercased() == "and", group.count == 2 else {
                throw Self.invalid("\(path).group_operator")
            }
            for (index, element) in group.enumerated() { try add(element, "\(path).group[\(index)]") }
            return
        }
        guard let field = object["field"]?.object?["api_name"]?.string, let value = object["value"] else {
            throw Self.invalid(path)
        }
        let comparator = object["comparator"]?.string
        if field == "audited_time" {
            let bounds = (value.array ?? []).compactMap { $0.string.flatMap(TimeText.seconds) }
            guard comparator == "between", bounds.count == 2, bounds[0] <= bounds[1] else {
                throw Self.invalid("\(path).value")
            }
            guard bounds[1] - bounds[0] <= Self.longest else {
                throw APIFailure(
                    status: 400, code: "NOT_ALLOWED", message: "the time range exceeds 6 months",
                    details: ["json_path": .string("\(path).value")], collection: "audit_log_export")
            }
            times = bounds[0]...bounds[1]
            return
        }
        let values = value.array ?? [value]
        guard comparator == "in" || comparator == "equal", comparator == "in" || values.count == 1, values.count <= 500
        else { throw Self.invalid("\(path).comparator") }
        let names = Set(values.compactMap { ($0.object?["api_name"] ?? $0.object?["id"] ?? $0).string?.lowercased() })
        switch field {
        case "module": modules = names
        case "action": actions = names
        case "done_by": people = names
        default: throw Self.invalid("\(path).field.api_name")
        }
    }

    private static func invalid(_ path: String) -> APIFailure {
        APIFailure(
            status: 400, code: "INVALID_DATA", message: "invalid data", details: ["json_path": .string(path)],
            collection: "audit_log_export")
    }
}
