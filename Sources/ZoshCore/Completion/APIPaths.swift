/// Documented reads of the CRM API that `api get` is offered with.
enum APIPaths {
    static let known: [(path: String, meaning: String)] = [
        ("users", "a page of users"), ("users/actions/count", "how many users there are"), ("org", "the organisation"),
        ("settings/roles", "all roles"), ("settings/profiles", "all profiles"),
        ("settings/fields?module=users", "the fields of users"), ("settings/modules", "all modules"),
        ("settings/territories", "all territories"), ("settings/users_groups", "all groups of users"),
    ]
}
