import ZoshKit
import ZoshTrust

@testable import ZohoClient

extension SignIn {
    /// A code made in the console, redeemed.
    func redeem(
        code: Secret, credentials: ClientCredentials, at centre: DataCentre, name: String? = nil, existing: [Grant] = []
    ) async throws -> Grant {
        let client = LoginClient(id: credentials.id, secret: credentials.secret, kind: .selfClient, source: "test")
        return try await redeem(
            .code(code, redirectURI: nil, verifier: nil), client: client, way: .selfClient, at: centre, name: name,
            existing: existing
        ).grant
    }
}
