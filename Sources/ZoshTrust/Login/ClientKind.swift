public import ZoshKit

/// What kind of OAuth client the API console made; it decides how one can sign in with it.
///
/// Source: the client types of Zoho's API console (Accounts documentation, "Register your application").
public enum ClientKind: String, Sendable, CaseIterable, CallConvertible {
    case server
    case selfClient = "self-client"
    case device
    case mobile

    /// What the console calls it.
    public var consoleName: String {
        switch self {
        case .server: "Server-based Applications"
        case .selfClient: "Self Client"
        case .device: "Non-browser Applications"
        case .mobile: "Mobile-based Applications"
        }
    }

    /// The way in that fits when the person names none.
    public var usualWay: LoginWay {
        switch self {
        case .server, .mobile: .browser
        case .selfClient: .selfClient
        case .device: .device
        }
    }

    /// Whether the authorization request must carry a code challenge (RFC 7636): clients on a person's own machine
    /// cannot keep a secret, so Zoho asks for the proof instead.
    public var asksForProof: Bool { self == .mobile }
}

/// How a login gets its consent.
public enum LoginWay: String, Sendable, CaseIterable {
    /// A browser on this machine returns to a page of ours on loopback.
    case browser
    /// A browser anywhere; the address it ends at is pasted.
    case paste
    /// A code typed into a browser anywhere.
    case device
    /// A grant code made by hand in the API console.
    case selfClient = "self-client"
    /// The client itself, without a person, for one organisation.
    case clientCredentials = "client-credentials"
}
