import LoginCallback
import ZohoClient
import ZoshTrust

/// The page of a login that returns to this machine, as the login sees it.
struct ServedCallbackPage: CallbackPage {
    private let server: CallbackServer

    static func open(_ redirect: RedirectURI, _ state: Secret) async throws(CallbackPageFailure) -> any CallbackPage {
        do throws(CallbackServer.Failure) {
            return ServedCallbackPage(server: try await CallbackServer.open(redirect, state: state))
        } catch {
            switch error {
            case .portTaken(let port): throw .portTaken(port)
            case .failed(let reason): throw .failed(reason)
            }
        }
    }

    var hasAnswer: Bool { server.hasAnswer }
    func answer() async throws -> ConsentAnswer { try await server.answer() }
    func close() async { await server.close() }
}
