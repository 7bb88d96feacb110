extension Resource {
    /// Roles (Get Roles documentation, v2 to v8).
    public static let roles = Resource(
        "roles", noun: "role", path: "/settings/roles", headline: ["name", "reporting_to.name", "id"],
        facts: ["reporting_to.name"], scopes: [.read: "ZohoCRM.settings.roles.READ"],
        fields: [
            Field("id", .text, ["Role ID"], writable: false),
            Field("name", .text, ["Role", "Role Name"]),
            Field("display_label", .text, writable: false),
            Field("api_name", .text, writable: false),
            Field("description", .text),
            Field("reporting_to", .reference("roles"), ["Reports To"]),
            Field("share_with_peers", .checkbox),
            Field("forecast_manager", .reference("users")),
            Field("admin_user", .checkbox, writable: false),
            Field("created_by__s", .reference("users"), ["Created By"], writable: false),
            Field("modified_by__s", .reference("users"), ["Modified By"], writable: false),
            Field("created_time__s", .dateTime, ["Created Time"], writable: false),
            Field("modified_time__s", .dateTime, ["Modified Time"], writable: false),
        ])

    /// Profiles (Get Profiles documentation, v2 to v8).
    public static let profiles = Resource(
        "profiles", noun: "profile", path: "/settings/profiles", headline: ["name", "type", "custom", "id"],
        scopes: [.read: "ZohoCRM.settings.profiles.READ"],
        fields: [
            Field("id", .text, ["Profile ID"], writable: false),
            Field("name", .text, ["Profile", "Profile Name"]),
            Field("display_label", .text, writable: false),
            Field("api_name", .text, writable: false),
            Field("description", .text),
            Field("type", .text, writable: false),
            Field("custom", .checkbox, writable: false),
            Field("permissions_details", .list, writable: false),
            Field("sections", .list, writable: false),
            Field("created_by", .reference("users"), writable: false),
            Field("modified_by", .reference("users"), writable: false),
            Field("created_time", .dateTime, writable: false),
            Field("modified_time", .dateTime, writable: false),
        ])
}
