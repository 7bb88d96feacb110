import ZohoClient
import ZoshKit

/// Asks Zoho whether a stored login still works, with the one call that says whose it is.
struct LoginCheck: Sendable {
    let grant: Grant
    let tokens: TokenSource
    let transport: HTTPTransport
    let clock: any ClientClock

    struct Finding: Sendable {
        var status: String
        var detail: String
        var remedy = ""

        static func unknown(_ detail: String) -> Finding { Finding(status: "warning", detail: detail) }
    }

    func finding() async -> Finding {
        do {
            let user = try await HTTPZohoService(tokens: tokens, transport: transport, clock: clock).currentUser()
            return judged(user)
        } catch let error as ZoshError {
            return judged(error)
        } catch {
            return .unknown("interrupted")
        }
    }

    /// A person has another id in every organisation, so the id identifies the organisation as well.
    private func judged(_ user: Row) -> Finding {
        let email = user.string("email") ?? ""
        if let id = user["id"]?.text, !grant.userID.isEmpty, id != grant.userID {
            return Finding(
                status: "failed",
                detail:
                    "Zoho answers as user \(id) (\(email)), but '\(grant.name)' was stored for user \(grant.userID) "
                    + "(\(grant.email)) of \(grant.orgName)",
                remedy: renewal)
        }
        return Finding(status: "ok", detail: "Zoho accepts '\(grant.name)'\(email.isEmpty ? "" : " as \(email)")")
    }

    private func judged(_ error: ZoshError) -> Finding {
        switch error.kind {
        case .permission, .refused, .notFound: return accepted(error)
        case .auth where error.code == "OAUTH_SCOPE_MISMATCH": return accepted(error)
        case .auth where error.code == "invalid_client" || error.code == "invalid_client_secret":
            return Finding(
                status: "failed", detail: "'\(grant.name)': \(error.problem)",
                remedy:
                    "look for client \(grant.clientID) in the API console; if its secret changed: auth clients add "
                    + "NAME, then \(renewal) client=NAME"
            )
        case .auth:
            return Finding(status: "failed", detail: "'\(grant.name)': \(error.problem)", remedy: renewal)
        case .rateLimited, .network:
            return Finding(status: "failed", detail: error.problem, remedy: error.remedy ?? "try again later")
        default:
            return Finding(status: "failed", detail: error.problem, remedy: error.remedy ?? "")
        }
    }

    /// What this login may do is another question than whether it works.
    private func accepted(_ error: ZoshError) -> Finding {
        Finding(
            status: "ok",
            detail: "Zoho accepts '\(grant.name)', though it may not read its own user (\(error.code ?? error.problem))"
        )
    }

    private var renewal: String { "auth login \(grant.name)" }
}
