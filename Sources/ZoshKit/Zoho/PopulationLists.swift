/// The lists by which the brakes measure a change of people: what share of the active ones it is, and who can still
/// administrate the organisation afterwards.
///
/// For example of users `GET /users?type=ActiveUsers` and `?type=ActiveConfirmedAdmins`.
public struct PopulationLists: Sendable, Hashable {
    /// Those that are active; Zoho counts them in one call.
    public let active: ListQuery
    /// Those that are active and can administrate.
    public let administrators: ListQuery

    public init(active: ListQuery, administrators: ListQuery) {
        self.active = active
        self.administrators = administrators
    }
}
