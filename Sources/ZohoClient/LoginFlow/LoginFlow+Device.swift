internal import ZoshKit
internal import ZoshTrust

/// The device flow: a code for a browser anywhere, and a patient wait.
extension LoginFlow {
    func device(_ client: LoginClient, _ wish: LoginOptions, _ centre: DataCentre) async throws -> DeviceLogin.Outcome {
        let login = DeviceLogin(oauth: oauth, clock: clock)
        let code = try await login.begin(client, scopes: wish.scopes, at: centre)
        console.note(
            "Open in a browser, anywhere:\n  \(code.address)\nand enter the code:\n  \(code.userCode)\nThe code "
                + "expires in \(Self.minutes(code.expiresIn)). Waiting for you…"
        )
        defer { surroundings.hold(nil) }
        var home = centre
        do {
            return try await login.wait(
                for: code, client, at: centre,
                movedTo: {
                    home = $0
                    console.note(Self.movedNote(to: $0))
                },
                waiting: { surroundings.hold("code \(code.userCode), \(Countdown.text($0)) left … Ctrl-C stops") })
        } catch let error as ZoshError {
            throw Self.explained(error, asked: centre.code, home: home)
        }
    }

    /// `5 minutes`, `90 seconds`.
    private static func minutes(_ seconds: Int64) -> String {
        guard seconds % 60 == 0 else { return "\(seconds) seconds" }
        return seconds == 60 ? "1 minute" : "\(seconds / 60) minutes"
    }
}
