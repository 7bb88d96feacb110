/// What a client asks for in a browser, checked (Accounts documentation, authorization request).
struct AuthorizationRequest: Sendable {
    /// A mistake that is shown in the browser and never reaches the client.
    struct Mistake: Error {
        let sentence: String
    }

    let client: Client
    let redirectURI: String
    let scopes: Scopes
    let isOffline: Bool
    let asksAgain: Bool
    let state: String?
    let challenge: PKCEChallenge?

    init(_ parameters: FormFields, clients: [String: Client], dataCentre: String) throws(Mistake) {
        guard let client = parameters["client_id"].flatMap({ clients[$0] }), client.dataCentres.contains(dataCentre)
        else {
            throw Mistake(sentence: "Invalid client id. The client is not registered in this data center.")
        }
        guard parameters["response_type"] == "code" else { throw Mistake(sentence: "Invalid response type") }
        guard let redirectURI = parameters["redirect_uri"], client.redirectURIs.contains(redirectURI) else {
            throw Mistake(sentence: "Invalid Redirect Uri. It does not match the one registered for the client.")
        }
        let scopes = Scopes(list: parameters["scope"] ?? "")
        guard !scopes.names.isEmpty, scopes.unknown == nil else {
            throw Mistake(sentence: "Invalid OAuth scope: \(scopes.unknown ?? "none was given").")
        }
        self.client = client
        self.redirectURI = redirectURI
        self.scopes = scopes
        isOffline = parameters["access_type"] == "offline"
        asksAgain = parameters["prompt"] == "consent"
        state = parameters["state"]
        if let challenge = parameters["code_challenge"] {
            let name = parameters["code_challenge_method"] ?? "plain"
            guard let method = PKCEChallenge.Method(rawValue: name) else {
                throw Mistake(sentence: "An error occurred: unknown code challenge method.")
            }
            self.challenge = PKCEChallenge(method: method, challenge: challenge)
        } else {
            challenge = nil
        }
    }

    /// The redirect URI with parameters added.
    func callback(_ parameters: KeyValuePairs<String, String?>) -> String {
        let query = parameters.compactMap { name, value in value.map { "\(name)=\(FormFields.encode($0))" } }
        return redirectURI + (redirectURI.contains("?") ? "&" : "?") + query.joined(separator: "&")
    }
}
