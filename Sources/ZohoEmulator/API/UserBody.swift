/// The users in a request body.
enum UserBody {
    /// Reads `{"users":[{…}]}` with at most `limit` users; what is wrong with the whole fails at
    /// the top of the reply.
    static func read(_ exchange: Exchange, limit: Int) throws(APIFailure) -> [JSONObject] {
        guard let body = try? JSONParser.read(exchange.body).object else {
            throw APIFailure(
                status: 400, code: "INVALID_DATA", message: "body",
                details: ["expected_data_type": "jsonobject"])
        }
        guard let value = body["users"] else {
            throw APIFailure(
                status: 400, code: "MANDATORY_NOT_FOUND", message: "required field not found",
                details: ["api_name": "users", "json_path": "$.users"])
        }
        guard let elements = value.array, !elements.isEmpty else {
            throw APIFailure(
                status: 400, code: "INVALID_DATA", message: "invalid data",
                details: ["expected_data_type": "jsonarray", "api_name": "users", "json_path": "$.users"])
        }
        guard elements.count <= limit else {
            throw APIFailure(
                status: 400, code: "INVALID_DATA", message: "the maximum number of users is \(limit)",
                details: ["maximum_length": .integer(limit), "api_name": "users", "json_path": "$.users"])
        }
        let users = elements.compactMap(\.object)
        guard users.count == elements.count else {
            throw APIFailure(
                status: 400, code: "INVALID_DATA", message: "invalid data",
                details: ["expected_data_type": "jsonobject", "api_name": "users", "json_path": "$.users[0]"])
        }
        return users
    }
}
