/// The fields of the Users module, as the Fields Metadata call describes them.
enum DocumentedUserFields {
    private static let plain: [(name: String, label: String, type: String, length: Int)] = [
        ("first_name", "First Name", "text", 50), ("last_name", "Last Name", "text", 50),
        ("email", "Email", "email", 100), ("alias", "Alias", "text", 50), ("phone", "Phone", "phone", 30),
        ("mobile", "Mobile", "phone", 30), ("fax", "Fax", "text", 30), ("website", "Website", "website", 250),
        ("street", "Street", "text", 250), ("city", "City", "text", 100), ("state", "State", "text", 100),
        ("zip", "Zip Code", "text", 30), ("country", "Country", "text", 100), ("dob", "Date of Birth", "date", 20),
        ("role", "Role", "lookup", 120), ("profile", "Profile", "lookup", 120),
        ("signature", "Signature", "textarea", 200), ("Reporting_To", "Reporting To", "lookup", 120),
    ]
    private static let choices: [(name: String, label: String, values: [String])] = [
        ("status", "Status", ["active", "inactive"]),
        ("time_zone", "Time Zone", timeZones),
        ("locale", "Locale", Culture.all.map(\.locale)),
        ("language", "Language", ["en_US", "de_DE", "ja_JP", "zh_CN", "ar_EG", "iw_IL", "pt_BR", "fr_FR"]),
        ("time_format", "Time Format", ["hh:mm a", "HH:mm"]),
        ("date_format", "Date Format", ["MMM d, yyyy", "MM/dd/yyyy", "dd/MM/yyyy", "yyyy-MM-dd"]),
        ("decimal_separator", "Decimal Separator", ["Period", "Comma"]),
        ("number_separator", "Number Separator", ["Comma", "Period", "Space"]),
        (
            "name_format__s", "Name Format",
            ["Salutation,First Name,Last Name", "First Name,Last Name", "Last Name,First Name"]
        ),
        ("sort_order_preference__s", "Sort Order", ["First Name,Last Name", "Last Name,First Name"]),
    ]

    /// Every key a user without custom fields may have in any version (Get Users documentation, v2 to v8).
    static let documented: Set<String> = [
        "id", "country", "role", "city", "language", "locale", "microsoft", "Isonline", "Modified_By", "Modified_Time",
        "$shift_effective_from", "$current_shift", "$next_shift", "street", "Currency", "alias", "state", "fax",
        "country_locale", "sandboxDeveloper", "first_name", "last_name", "full_name", "email", "Reporting_To", "zip",
        "status_reason__s", "decimal_separator", "number_separator", "created_time", "created_by", "website",
        "time_format", "date_format", "offset", "profile", "mobile", "phone", "time_zone", "zuid", "ezuid", "confirm",
        "territories", "dob", "status", "type__s", "image_link", "share_among_subordinates", "imap_status",
        "distance_preference__s", "rtl_enabled", "telephony_enabled", "Status_Updated_By__s", "Status_Updated_Time__s",
        "Invited_By__s", "Invited_Time__s", "Confirmed_Time__s", "name_format", "name_format__s",
        "sort_order_preference__s", "customize_info", "signature", "personal_account", "default_tab_group", "theme",
        "ntc_enabled", "ntc_notification_type",
    ]

    /// Names of the time zones that a user can have.
    static let timeZones: [String] = {
        var seen: Set<String> = ["Asia/Calcutta", "UTC", "Europe/London"]
        for culture in Culture.all { seen.insert(culture.zone.name) }
        return seen.sorted()
    }()

    /// The longest value of a text field, when it has a limit.
    static func limit(_ name: String) -> Int? {
        plain.first { $0.name == name && $0.type != "lookup" }?.length
    }

    /// The values a picklist accepts.
    static func values(_ name: String) -> [String]? {
        choices.first { $0.name == name }?.values
    }

    static func all(base: Int, custom: [CustomField]) -> [JSONObject] {
        var fields: [JSONObject] = []
        for field in plain {
            fields.append(describe(base, fields.count, field.name, field.label, field.type, field.length, []))
        }
        for field in choices {
            fields.append(describe(base, fields.count, field.name, field.label, "picklist", 120, field.values))
        }
        for field in custom {
            let label = field.name.replacing("_", with: " ")
            var described = describe(base, fields.count, field.name, label, field.kind.rawValue, 255, [])
            described["custom_field"] = true
            fields.append(described)
        }
        return fields
    }

    private static func describe(
        _ base: Int, _ number: Int, _ name: String, _ label: String, _ type: String, _ length: Int, _ values: [String]
    ) -> JSONObject {
        let mandatory = ["first_name", "last_name", "email", "role", "profile"].contains(name)
        return JSONObject([
            "system_mandatory": .bool(mandatory), "id": .string(String(base + 2001 + number * 2)),
            "api_name": .string(name), "field_label": .string(label), "display_label": .string(label),
            "data_type": .string(type), "json_type": type == "lookup" ? "jsonobject" : "string",
            "length": .integer(length), "custom_field": false, "read_only": false, "visible": true,
            "pick_list_values": .array(values.map { ["display_value": .string($0), "actual_value": .string($0)] }),
        ])
    }
}
