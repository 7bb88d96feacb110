internal import ZoshKit

/// The path of `api get`, as typed: below `/crm/{version}`, and nowhere else.
enum RawPath {
    /// - Returns: the path escaped, beginning with `/`.
    /// - Throws: `ZoshError.usage` for whole URLs, for `..`, and for queries (they have their own arguments).
    static func checked(_ typed: String) throws(ZoshError) -> String {
        guard typed.firstRange(of: "://") == nil, !typed.hasPrefix("//") else {
            throw ZoshError(
                .usage, "'\(PlainText.shown(typed, limit: 60))' is a whole address",
                remedy: "give the path only: users, settings/roles")
        }
        guard !typed.contains("?"), !typed.contains("#") else {
            throw ZoshError(.usage, "a path holds no query", remedy: "give parameters as name=value")
        }
        let segments = typed.split(separator: "/")
        guard !segments.isEmpty, !segments.contains(".."), !segments.contains(".") else {
            throw ZoshError(
                .usage, "'\(PlainText.shown(typed, limit: 60))' is not a path below /crm",
                remedy: "for example users or settings/roles")
        }
        return "/" + segments.map { URLText.escaped(String($0), keeping: "$@:") }.joined(separator: "/")
    }
}
