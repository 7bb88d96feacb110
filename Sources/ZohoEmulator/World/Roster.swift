/// The roles and profiles of a generated organisation, with identifiers in its own number range.
///
/// Roles form a tree below one root, as Zoho requires. Invariant: the first role is the root, the
/// first profile the administrator's.
struct Roster: Sendable {
    struct Role: Sendable {
        let id: Int
        let name: String
        let parent: Int?
    }

    struct Profile: Sendable {
        let id: Int
        let name: String
        let custom: Bool
    }

    let roles: [Role]
    let profiles: [Profile]

    /// Takes roles and profiles from a world file; what it does not describe is taken from `other`.
    init(roles: [JSONObject]?, profiles: [JSONObject]?, otherwise other: Roster) {
        func number(_ value: JSONValue?) -> Int? { value?.string.flatMap(Int.init) }
        let described = (roles ?? []).compactMap { role in
            number(role["id"]).map {
                Role(id: $0, name: role["name"]?.string ?? "", parent: number(role["reporting_to"]?.object?["id"]))
            }
        }
        let named = (profiles ?? []).compactMap { profile in
            number(profile["id"]).map {
                Profile(id: $0, name: profile["name"]?.string ?? "", custom: profile["custom"]?.bool ?? false)
            }
        }
        self.roles =
            described.isEmpty
            ? other.roles : described.filter { $0.parent == nil } + described.filter { $0.parent != nil }
        let administrators = named.filter { $0.name == "Administrator" }
        self.profiles =
            administrators.isEmpty ? other.profiles : administrators + named.filter { $0.name != "Administrator" }
    }

    /// `base` is the first identifier of the organisation's range.
    init(base: Int) {
        let tree: [(Int, String, Int?)] = [
            (26005, "CEO", nil), (26008, "Manager", 26005), (448003, "Product Manager", 26008),
            (448008, "Sales Representative", 448019), (448013, "Marketing", 26008),
            (448019, "Sales department Head", 26008), (448024, "Vertrieb Süd", 448019),
            (448029, "営業部", 448019), (448034, "فريق الدعم", 26008), (448039, "Support \"Tier 2\"", 448034),
        ]
        roles = tree.map { Role(id: base + $0.0, name: $0.1, parent: $0.2.map { base + $0 }) }
        profiles = [
            Profile(id: base + 26011, name: "Administrator", custom: false),
            Profile(id: base + 26014, name: "Standard", custom: false),
            Profile(id: base + 449001, name: "Support, read only", custom: true),
            Profile(id: base + 449007, name: "Außendienst", custom: true),
        ]
    }
}
