/// An error reply of the CRM API: a code, a message and details under an HTTP status.
///
/// A request that fails as a whole answers with the object at the top; a record that fails answers
/// with it inside the collection's array. Both envelopes occur at any status.
struct APIFailure: Error, Sendable {
    var status: Int
    var code: String
    var message: String
    var details: JSONValue = .object(JSONObject())
    /// The plural to wrap the object in, such as `users`; nil puts it at the top.
    var collection: String?

    var object: JSONValue {
        ["code": .string(code), "details": details, "message": .string(message), "status": "error"]
    }

    var reply: Reply {
        guard let collection else { return .json(status, object) }
        return .json(status, .object(Self.wrapped(collection, object)))
    }

    static func wrapped(_ collection: String, _ record: JSONValue) -> JSONObject {
        var body = JSONObject()
        body[collection] = .array([record])
        return body
    }
}

/// The failures of the gateway, before any resource is looked at (Get Users documentation,
/// "Possible Errors").
extension APIFailure {
    static let unknownPath = APIFailure(
        status: 404, code: "INVALID_URL_PATTERN", message: "Please check if the URL trying to access is a correct one")
    static let wrongMethod = APIFailure(
        status: 400, code: "INVALID_REQUEST_METHOD", message: "The http request method type is not a valid one")
    static let noToken = APIFailure(status: 401, code: "AUTHENTICATION_FAILURE", message: "Authentication failed")
    static let deadToken = APIFailure(status: 401, code: "INVALID_TOKEN", message: "invalid oauth token")
    static let wrongScope = APIFailure(
        status: 401, code: "OAUTH_SCOPE_MISMATCH", message: "Unauthorized")
    static let inactiveCaller = APIFailure(
        status: 403, code: "INACTIVE_USER", message: "Inactive user cannot access the API.")
    static let internalError = APIFailure(status: 500, code: "INTERNAL_ERROR", message: "Internal Server Error")

    static func unsupported(_ version: String) -> APIFailure {
        let oldest = version.dropFirst().split(separator: ".").first.flatMap { Int($0) } ?? 0
        return APIFailure(
            status: 400, code: "API_NOT_SUPPORTED",
            message: oldest < 2 ? "The API version is no longer supported" : "The API version is not supported yet",
            details: ["supported_version": oldest < 2 ? "v2" : "v8"])
    }

    static func noPermission(_ permission: String, _ message: String = "permission denied") -> APIFailure {
        APIFailure(
            status: 403, code: "NO_PERMISSION", message: message, details: ["permissions": [.string(permission)]])
    }

    static func notAuthorized(_ action: String) -> APIFailure {
        APIFailure(
            status: 400, code: "AUTHORIZATION_FAILED",
            message: "User does not have sufficient privilege to \(action) users")
    }

    static func tooMany(_ what: String) -> APIFailure {
        APIFailure(
            status: 429, code: "TOO_MANY_REQUESTS",
            message: "You have crossed the \(what) limit. Please try again later.")
    }
}
