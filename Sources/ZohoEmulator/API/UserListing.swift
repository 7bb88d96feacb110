/// The parameters of Get Users, checked.
///
/// Limits are those of the Get Users documentation: at most 200 to a page, at most 100 `ids`.
struct UserListing: Sendable {
    var type = ListedUserType.AllUsers
    var page = 1
    var perPage = 200
    var ids: [String]?
    var role: Int?
    var kind: String?
    var fields: Set<String>?
    /// Seconds since 1970: only people changed later are listed.
    var since: Int?

    init(_ exchange: Exchange, version: CRMVersion) throws(APIFailure) {
        if let text = exchange.query["type"] {
            guard let type = ListedUserType(rawValue: text), !type.isNew || version == .v8 else {
                throw Self.unknownType
            }
            self.type = type
        }
        page = try Self.number("page", exchange, within: 1...Int.max) ?? 1
        perPage = try Self.number("per_page", exchange, within: 1...200) ?? 200
        if let list = exchange.query["ids"] {
            let ids = list.split(separator: ",").map(String.init)
            guard ids.count <= 100 else {
                throw APIFailure(
                    status: 400, code: "INVALID_DATA", message: "invalid data",
                    details: ["maximum_length": 100, "param_name": "ids"])
            }
            guard ids.allSatisfy({ Int($0) != nil }) else {
                throw APIFailure(
                    status: 400, code: "INVALID_DATA", message: "invalid data",
                    details: ["expected_data_type": "long", "param_name": "ids"])
            }
            self.ids = ids
        }
        if let header = exchange.headers["if-modified-since"] {
            guard let since = TimeText.seconds(header) else {
                throw APIFailure(
                    status: 400, code: "INVALID_DATA", message: "invalid data",
                    details: ["expected_data_type": "datetime", "param_name": "If-Modified-Since"])
            }
            self.since = since
        }
        guard version == .v8 else { return }
        role = exchange.query["role_id"].flatMap(Int.init)
        kind = exchange.query["type__s"]
        if let list = exchange.query["fields"] {
            fields = Set(list.split(separator: ",").map(String.init))
        }
    }

    static let unknownType = APIFailure(
        status: 400, code: "PATTERN_NOT_MATCHED", message: "Please check whether the input values are correct",
        details: ["api_name": "type"])

    private static func number(
        _ name: String, _ exchange: Exchange, within range: ClosedRange<Int>
    ) throws(APIFailure) -> Int? {
        guard let text = exchange.query[name] else { return nil }
        guard let number = Int(text) else {
            throw APIFailure(
                status: 400, code: "INVALID_DATA", message: "invalid data",
                details: ["expected_data_type": "integer", "param_name": .string(name)])
        }
        guard range.contains(number) else {
            throw APIFailure(
                status: 400, code: "INVALID_DATA", message: "invalid data",
                details: [
                    number < range.lowerBound ? "minimum_value" : "maximum_value":
                        .integer(number < range.lowerBound ? range.lowerBound : range.upperBound),
                    "param_name": .string(name),
                ])
        }
        return number
    }
}
