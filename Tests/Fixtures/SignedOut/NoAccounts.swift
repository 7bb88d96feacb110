public import ZoshKit
public import ZoshTrust

/// The logins of a person who has never signed in.
public struct NoAccounts: AccountService {
    public init() {}

    public func status(of connection: String?) async throws -> Row { ["connected": false] }
    public func refresh(_ connection: String?) async throws -> Row { throw Self.notSignedIn }
    public func authorize(_ wish: LoginOptions) async throws -> SignInRequest { throw Self.notSignedIn }
    public func extending(_ connection: String?, by scopes: [Scope]) async throws -> LoginOptions {
        throw Self.notSignedIn
    }
    public func clients() async throws -> [Row] { [] }
    public func inspect(_ token: InspectedToken, dataCentre: String?) async throws -> Row { throw Self.notSignedIn }
    public func credits(of connection: String?) async throws -> [Row] { throw Self.notSignedIn }
    public func examine(_ connection: String?) async throws -> [Row] { [] }
    public func timedJobs(needing connection: String) async throws -> [JobSummary] { [] }
    public func dataCentres() -> [Row] { [] }

    private static let notSignedIn = ZoshError(.auth, "you are not signed in")
}
