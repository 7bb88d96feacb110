/// A data centre of the emulated Zoho: its code and the two origins it answers on.
struct EmulatedDataCentre: Sendable {
    let code: String
    /// Origin of the accounts server, without a trailing slash.
    let accounts: String
    /// Origin of the CRM API: the `api_domain` of token replies.
    let api: String
}
