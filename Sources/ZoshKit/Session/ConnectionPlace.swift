/// The connection that rows were read in: its name then, and the organisation, which stays the same whatever has that
/// name later.
///
/// For example rows of `on acme users list`, kept in a variable: `acme` and organisation 60001 in `eu`.
public struct ConnectionPlace: Sendable, Hashable {
    public struct Organisation: Sendable, Hashable {
        public let id: String
        public let dataCentre: String
        public let environment: String

        package init(id: String, dataCentre: String, environment: String) {
            self.id = id
            self.dataCentre = dataCentre
            self.environment = environment
        }
    }

    public let name: String
    /// Nil where nothing but the name is known.
    public let organisation: Organisation?

    package init(name: String, organisation: Organisation?) {
        self.name = name
        self.organisation = organisation
    }

    /// Whether a connection leads there.
    package func isOf(_ connection: ConnectionSummary) -> Bool {
        organisation.map { $0 == connection.place.organisation } ?? (name == connection.name)
    }

    /// Whether its name has been given to another organisation since.
    package func isTaken(by connection: ConnectionSummary) -> Bool { name == connection.name && !isOf(connection) }
}

extension ConnectionSummary {
    public var place: ConnectionPlace {
        ConnectionPlace(
            name: name,
            organisation: .init(id: orgID, dataCentre: dataCentre, environment: environment.rawValue))
    }
}
