internal import ZoshKit
internal import ZoshTrust

/// A device's code as a person needs it.
public struct DeviceCode: Sendable {
    /// What is typed at `address`; five minutes.
    public let userCode: String
    /// `https://accounts.zoho.eu/oauth/v3/device`.
    public let address: String
    let deviceCode: Secret
    /// Seconds.
    public let expiresIn: Int64
    /// Seconds between two questions; Zoho documents thirty.
    let interval: Int64
}

/// How asking about a device's code ended, this time.
enum DeviceAnswer: Sendable {
    case pending
    case slowDown
    /// The account lives elsewhere; the same code is good there.
    case elsewhere(DataCentre)
    /// The whole reply: JSON with the tokens.
    case tokens(Secret)
}

/// The device flow: a code shown here, typed into a browser anywhere (Accounts documentation, non-browser clients).
extension OAuthClient {
    static let deviceInterval: Int64 = 30

    /// `POST {accounts}/oauth/v3/device/code`.
    func deviceCode(_ client: LoginClient, scopes: [Scope], at centre: DataCentre) async throws(ZoshError) -> DeviceCode
    {
        let fields = [
            ("client_id", client.id), ("grant_type", "device_request"), ("access_type", "offline"),
            ("prompt", "consent"),
            ("scope", scopes.map(\.name).joined(separator: ",")),
        ]
        let reply = try await post("/oauth/v3/device/code", fields, at: centre.accounts)
        guard let row = reply.body.row, let user = row.string("user_code"), let device = row.string("device_code")
        else {
            throw await refusal(reply, for: .device, at: centre)
        }
        let address =
            row.string("verification_url") ?? row.string("verification_uri") ?? centre.accounts + "/oauth/v3/device"
        // A person will open it and sign in there.
        let host = WebOrigin(
            address.split(separator: "/", omittingEmptySubsequences: false).prefix(3).joined(separator: "/"))
        guard let host, table.dataCentre(ofAccounts: host.text) != nil else {
            throw ZoshError(
                .auth, "Zoho returned an unknown address: '\(PlainText.shown(address, limit: 80))'",
                remedy: "auth login --no-browser")
        }
        return DeviceCode(
            userCode: PlainText.shown(user, limit: 40), address: PlainText.shown(address, limit: 200),
            deviceCode: Secret(copying: device),
            expiresIn: Self.seconds(row["expires_in"], else: 300),
            interval: max(5, Self.seconds(row["interval"], else: Self.deviceInterval)))
    }

    /// `POST {accounts}/oauth/v3/device/token`, once.
    /// - Throws: `ZoshError.declined` and `.auth` for what ends the wait.
    func poll(_ code: DeviceCode, _ client: LoginClient, at centre: DataCentre) async throws(ZoshError) -> DeviceAnswer
    {
        let fields = [
            ("client_id", client.id), ("client_secret", client.secret.revealed()), ("grant_type", "device_token"),
            ("code", code.deviceCode.revealed()),
        ]
        let reply = try await post("/oauth/v3/device/token", fields, at: centre.accounts)
        if TokenReply(reply.body) != nil {
            var writer = JSONWriter()
            writer.write(reply.body)
            return .tokens(Secret(writer.drain()))
        }
        switch reply.body.row?.string("error") {
        case "authorization_pending"?: return .pending
        case "slow_down"?: return .slowDown
        case "other_dc"?:
            let location = reply.body.row?.string("user_location") ?? ""
            guard let there = DataCentre.named(location, among: table.all) else {
                throw ZoshError(
                    .auth,
                    "the account is in an unknown data centre: '\(PlainText.shown(location, limit: 40))'",
                    remedy: "name it in zosh's data-centres file", code: "other_dc")
            }
            return .elsewhere(there)
        default:
            throw await refusal(reply, for: .device, at: centre)
        }
    }

    private static func seconds(_ value: Value?, else usual: Int64) -> Int64 {
        guard let number = value?.integer, (1...3600).contains(number) else { return usual }
        return number
    }
}
