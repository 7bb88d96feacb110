/// The fields of the Users module, as the Fields Metadata call describes them.
enum UserFields {
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
        ("name_format__s", "Name Format", ["Salutation,First Name,Last Name", "First Name,Last Name", "Last Name,First Name"]),
        ("sort_order_preference__s", "Sort Order", ["First Name,Last Name", "Last Name,First Name"]),
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

    static func all(base: Int) -> [JSONObject] {
        var fields: [JSONObject] = []
        for field in plain {
            fields.append(describe(base, fields.count, field.name, field.label, field.type, field.length, []))
        }
        for field in choices {
            fields.append(describe(base, fields.count, field.name, field.label, "picklist", 120, field.values))
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
