import ZoshKit

/// How many more users an organisation may have, where Zoho says it (User Licenses Count documentation, v7 and newer).
enum FreeLicences {
    private static let scope: Scope = "ZohoCRM.features.READ"

    /// - Returns: nil where that cannot be asked for: no such right, an older organisation.
    static func count(_ zoho: any ZohoService, _ connection: ConnectionSummary) async -> Int? {
        guard connection.scopes.map({ $0.missing(from: [scope]).isEmpty }) ?? true else { return nil }
        return (try? await zoho.get("__features/user_licenses", query: [], version: .v8)).flatMap { count($0.body) }
    }

    private static func count(_ body: Value) -> Int? {
        let details = body.row?["__features"]?.list?.first?.row?["details"]?.row
        func total(_ name: String) -> Int? {
            details?[name]?.row?["total"]?.integer.flatMap { Int(exactly: $0) }
        }
        if let limit = total("limits"), let used = total("used_count") { return max(0, limit - used) }
        return total("available_count")
    }
}
