import ZohoClient
import ZoshKit

/// The device flow: a code for a browser anywhere, and a patient wait.
extension LoginDesk {
    func device(_ client: LoginClient, _ wish: LoginWish, _ centre: DataCentre) async throws -> DeviceLogin.Outcome {
        let login = DeviceLogin(oauth: oauth, clock: clock)
        let code = try await login.begin(client, scopes: wish.scopes, at: centre)
        console.note("Open in a browser, anywhere:\n  \(code.address)\nand enter the code:\n  \(code.userCode)\nIt lives \(Self.clockText(code.expiresIn)) minutes; zosh asks Zoho every half minute.")
        defer { narrator.hold(nil) }
        var home = centre
        do {
            return try await login.wait(
                for: code, client, at: centre,
                told: {
                    home = $0
                    console.note("This account lives in \($0.code.uppercased()); you asked \(centre.code.uppercased()). Going on there.")
                },
                waiting: { narrator.hold("code \(code.userCode), \(Self.clockText($0)) left … Ctrl-C stops") })
        } catch let error as ZoshError {
            throw Self.told(error, asked: centre.code, home: home)
        }
    }
}
