/// Where an emulator listens and what a client needs to log in to it: the one line the executable
/// prints.
///
/// The names are those of Zoho's own token vocabulary, since scripts read this line. Invariant:
/// every grant code in it works once.
public struct Announcement: Codable, Sendable, Equatable {
    /// Origin of the first data centre's accounts server, without a trailing slash.
    public var accounts: String
    /// Origin of the first data centre's CRM API, the `api_domain` of its token replies.
    public var api: String
    public var client_id: String
    public var client_secret: String
    /// A self-client grant code for the first organisation of the first data centre.
    public var grant_code: String
    /// Every data centre, the first included.
    public var data_centres: [EmulatedDataCentre]
    /// One self-client grant code for each organisation, over all data centres.
    public var grants: [Grant]

    /// One data centre with its own self client.
    public struct EmulatedDataCentre: Codable, Sendable, Equatable {
        /// The code used in `location`, such as `us` or `eu`.
        public var code: String
        public var accounts: String
        public var api: String
        public var client_id: String
        public var client_secret: String
        /// For the first organisation of this data centre and the client named beside it.
        public var grant_code: String
    }

    /// A grant code of one organisation.
    public struct Grant: Codable, Sendable, Equatable {
        /// The organisation's `zgid`.
        public var org: String
        /// The data centre whose client above can exchange the code.
        public var data_centre: String
        public var grant_code: String
    }
}
