extension Resource {
    /// The one organisation of a connection (Get Organization documentation).
    public static let org = Resource(
        "org", noun: "organisation", path: "/org", handle: "company_name",
        headline: ["company_name", "zgid", "primary_email", "time_zone", "type", "id"],
        scopes: [.read: "ZohoCRM.org.READ"], isSingle: true)

    /// The fields of a module, which the query names (Fields Metadata documentation).
    public static let fields = Resource(
        "fields", noun: "field", path: "/settings/fields", handle: "api_name",
        headline: ["api_name", "data_type", "field_label", "read_only", "length"],
        scopes: [.read: "ZohoCRM.settings.fields.READ"])
}

extension ListQuery {
    /// Fields of the Users module.
    public static let userFields = ListQuery(["module": "Users"])
}
