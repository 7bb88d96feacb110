/// Zoho's documented limits on tokens, counted as far as this store knows.
///
/// A refresh token yields ten access tokens in ten minutes and then nothing for the rest of the window; a person has
/// twenty live refresh tokens per client, and the twenty-first silently ends the oldest (CRM API: token validity).
public enum TokenBudget {
    public static let creations = 10
    /// Seconds.
    public static let window: Int64 = 600
    public static let liveGrants = 20
    /// From this many live grants on a new one is worth a warning.
    public static let warnFrom = 18

    /// The creations that still count. A clock that was set back must not count the future.
    public static func recent(_ times: [Int64], at now: Int64) -> [Int64] {
        times.filter { $0 <= now && now - $0 < window }
    }

    /// Seconds until one more may be made; nil when it may be made now.
    static func wait(_ times: [Int64], at now: Int64) -> Int64? {
        let recent = recent(times, at: now)
        guard recent.count >= creations, let first = recent.min() else { return nil }
        return max(1, first + window - now)
    }

    /// The stored grants of the person who holds most, among those of one client, the oldest first: each new consent
    /// of theirs counts against the twenty.
    public static func live(_ grants: [Grant], client: String) -> [Grant] {
        let mine = grants.filter { $0.clientID == client && $0.refreshToken != nil }
        let people = Dictionary(grouping: mine) { "\($0.zuid) \($0.accounts)" }
        let most = people.values.max { $0.count < $1.count } ?? []
        return most.sorted { ($0.grantedAt, $0.name) < ($1.grantedAt, $1.name) }
    }

    /// The stored grants of the same person and client as this one, itself included.
    public static func siblings(of grant: Grant, among grants: [Grant]) -> [Grant] {
        grants.filter {
            $0.clientID == grant.clientID && $0.zuid == grant.zuid && $0.accounts == grant.accounts
                && $0.refreshToken != nil
        }
    }
}
