import ZoshKit
import ZoshTrust

@testable import ZohoClient

extension Grant {
    static let exampleToken = "1000.11111111111111111111111111111111.22222222222222222222222222222222"

    /// A grant with an hour to live whose accounts server is nowhere.
    static func example(
        name: String = "acme", clock: ManualClock = ManualClock(), api: String = "https://www.zohoapis.eu",
        client: String = "1000.CLIENT",
        zuid: String = "10", zgid: String = "20"
    ) -> Grant {
        Grant(
            name: name, clientID: client, clientSecret: Secret(copying: "client-secret"),
            refreshToken: Secret(copying: "1000.refresh"), accessToken: Secret(copying: exampleToken),
            expiresAt: clock.now + 3600, accounts: "http://127.0.0.1:1", apiDomain: api, dataCentreCode: "eu",
            environment: .production, zuid: zuid, zgid: zgid, userID: "30", email: "ada@acme.example",
            orgName: "Acme Ltd",
            scopes: ["ZohoCRM.users.ALL"], tags: ["emea"], readOnly: false, createdAt: 1_700_000_000, generation: 7)
    }
}
