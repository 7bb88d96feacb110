extension Resource {
    /// Users (Get Users, Add User and Update User documentation, v2 to v8).
    public static let users = Resource(
        "users", noun: "user", path: "/users", handle: "email", title: "full_name",
        headline: ["full_name", "email", "role.name", "status", "profile.name", "id", "confirm"],
        facts: ["role.name", "status"], identity: ["email", "status"],
        scopes: [
            .read: "ZohoCRM.users.READ", .create: "ZohoCRM.users.CREATE", .update: "ZohoCRM.users.UPDATE",
            .delete: "ZohoCRM.users.DELETE",
        ],
        reads: .paged(rows: 200, count: "/users/actions/count", ids: 100),
        writes: [
            // Invites one person by e-mail; role and profile are ids.
            .create: Write(
                .post, "/users", envelope: "users", result: .newcomer, blast: .access,
                undo: .impossible("an invitation that was sent stays sent; users delete removes the user")),
            .update: Write(
                .put, "/users/{id}", envelope: "users", result: .values, blast: .ordinary,
                access: ["role", "profile", "status", "email", "Reporting_To"], once: ["reinvite"]),
            // Their records stay theirs.
            .delete: Write(
                .delete, "/users/{id}", envelope: nil, result: .absence, blast: .irreversible,
                undo: .impossible("Zoho cannot bring back a deleted user; users add invites them again")),
        ],
        holdsCaller: true,
        population: PopulationLists(active: .users(.active), administrators: .users(.activeConfirmedAdmins)),
        module: "Users",
        fields: [
            Field("id", .text, ["User ID"], writable: false),
            Field("full_name", .text, writable: false),
            Field("first_name", .text, ["Given Name"], requiredSince: .v3),
            Field("last_name", .text, ["Surname", "Family Name"], requiredSince: .v2),
            Field("email", .email, ["E-mail", "Email Address", "E-mail Address", "Mail"], requiredSince: .v2),
            Field("status", .text),
            Field("role", .reference("roles"), ["Role Name"], requiredSince: .v2),
            Field("profile", .reference("profiles"), ["Profile Name"], requiredSince: .v2),
            Field("Reporting_To", .reference("users"), ["Manager", "Reports To"]),
            Field("confirm", .checkbox, ["Confirmed"], writable: false),
            Field("zuid", .text, writable: false),
            Field("ezuid", .text, writable: false),
            Field("alias", .text, ["Nickname"]),
            Field("phone", .text),
            Field("mobile", .text, ["Mobile Phone"]),
            Field("fax", .text),
            Field("website", .text),
            Field("street", .text),
            Field("city", .text),
            Field("state", .text),
            Field("zip", .text, ["Zip Code", "Postal Code"]),
            Field("country", .text),
            Field("dob", .date, ["Date of Birth", "Birthday"]),
            Field("signature", .text),
            Field("language", .text, limits: .list),
            Field("locale", .text, limits: .list),
            Field("country_locale", .text),
            Field("time_zone", .text, limits: .list),
            Field("time_format", .text, limits: .list),
            Field("date_format", .text, limits: .list),
            Field("name_format", .text),
            Field("name_format__s", .text, ["Name Format"], limits: .list),
            Field("sort_order_preference__s", .text, ["Sort Order"], limits: .list),
            Field("decimal_separator", .text, limits: .list),
            Field("number_separator", .text, limits: .list),
            Field("distance_preference__s", .text, ["Distance Preference"]),
            Field("share_among_subordinates", .checkbox),
            Field("reinvite", .checkbox),
            Field("customize_info", .object, inner: customizeInfo),
            Field("theme", .object, inner: theme),
            Field("default_tab_group", .text),
            Field(
                "territories", .list, writable: false,
                inner: [Field("name"), Field("id"), Field("manager", .checkbox)]),
            Field("type__s", .text, ["Type"], writable: false),
            Field("status_reason__s", .text, ["Status Reason"], writable: false),
            Field("created_time", .dateTime, writable: false),
            Field("Modified_Time", .dateTime, writable: false),
            Field("created_by", .reference("users"), writable: false),
            Field("Modified_By", .reference("users"), writable: false),
            Field("Status_Updated_By__s", .reference("users"), ["Status Updated By"], writable: false),
            Field("Status_Updated_Time__s", .dateTime, ["Status Updated Time"], writable: false),
            Field("Invited_By__s", .reference("users"), ["Invited By"], writable: false),
            Field("Invited_Time__s", .dateTime, ["Invited Time"], writable: false),
            Field("Confirmed_Time__s", .dateTime, ["Confirmed Time"], writable: false),
            Field("Currency", .text, writable: false),
            Field("Isonline", .checkbox, writable: false),
            Field("microsoft", .checkbox, writable: false),
            Field("personal_account", .checkbox, writable: false),
            Field("sandboxDeveloper", .checkbox, ["Sandbox Developer"], writable: false),
            Field("offset", .integer, writable: false),
            Field("image_link", .text, writable: false),
            Field("imap_status", .checkbox, writable: false),
            Field("rtl_enabled", .checkbox, writable: false),
            Field("telephony_enabled", .checkbox, writable: false),
            Field("ntc_enabled", .checkbox, writable: false),
            Field("ntc_notification_type", .list, writable: false),
            Field("$current_shift", .unknown, ["Current Shift"]),
            Field("$next_shift", .unknown, ["Next Shift"]),
            Field("$shift_effective_from", .unknown, ["Shift Effective From"]),
            Field("$invitation_details", .object),
        ],
        spelling: [
            "status": Spelling(
                shown: ["active", "disabled", "deleted", "closed", "disabled dormant"],
                written: ["disabled": "inactive"],
                settable: ["active", "disabled"], kinds: ["disabled dormant": "disabled"]),
            "type__s": Spelling(
                shown: [
                    "Regular User", "Client Portal User", "Sandbox Developer User", "Team User", "Support User",
                    "Digital Employee", "System User",
                ], settable: []),
        ],
        gone: FieldTest("status", "deleted"),
        // Invited, and active at once.
        initial: ["status": "active", "confirm": false],
        // Update User: CANNOT_UPDATE_DELETED_USER, NOT_ALLOWED of a closed user; Delete User: PERMISSION_DENIED of a
        // closed user.
        final: [FieldTest("status", "deleted"), FieldTest("status", "closed")],
        refusals: refusalsOfUsers)
}

/// What the samples of Get Users (v7) show inside the two objects a user sees of themself.
private let customizeInfo = [
    "notes_desc", "show_right_panel", "bc_view", "show_home", "show_detail_view", "unpin_recent_item",
].map { Field($0) }

private let tabColours = [Field("font_color", .text), Field("background", .text)]

private let theme = [
    Field("normal_tab", .object, inner: tabColours), Field("selected_tab", .object, inner: tabColours),
    Field("new_background"), Field("background", .text), Field("screen", .text), Field("type", .text),
]
