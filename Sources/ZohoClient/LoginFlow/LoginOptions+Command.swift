internal import ZoshTrust

extension LoginOptions {
    /// The login as it was typed, without its data centre: a remedy that repeats it must not sign in under another
    /// name or by another way.
    var command: String {
        let flags: [LoginWay: String] = [
            .paste: "--no-browser", .device: "--device", .selfClient: "--self-client",
            .clientCredentials: "--client-credentials",
        ]
        let words = [
            "auth login", name, client.map { "client=\($0)" }, way.flatMap { flags[$0] },
            organization.map { "org=\($0)" },
        ]
        return words.compactMap(\.self).joined(separator: " ")
    }
}
