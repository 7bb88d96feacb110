internal import ZoshKit

/// What a heading says of its column: the connection, or the organisation, that each row belongs to.
enum PlaceHeading {
    case connection, organisation

    /// `connection`, `Connection Name:`; `org`, `Organisation Name`, `org_id`, `Zoho Org`, `zgid`.
    init?(_ heading: String) {
        var folded = PersonHeading.folded(heading)
        while let last = folded.last, ".:#".contains(last) { folded.removeLast() }
        if ["connection", "connections", "connectionname"].contains(folded) {
            self = .connection
            return
        }
        var word = Substring(folded)
        if let owner = ["zohocrm", "zoho", "crm"].first(where: { word.hasPrefix($0) }) {
            word.removeFirst(owner.count)
        }
        if let kind = ["name", "id"].first(where: { word.hasSuffix($0) }) { word.removeLast(kind.count) }
        guard folded == "zgid" || Self.organisations.contains(String(word)) else { return nil }
        self = .organisation
    }

    private static let organisations: Set<String> = [
        "org", "orgs", "organisation", "organisations", "organization", "organizations",
    ]
}
