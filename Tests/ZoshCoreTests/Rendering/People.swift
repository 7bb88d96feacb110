import ZoshKit

/// People as Zoho would send them, hostile and harmless, for the renderers' golden files.
enum People {
    static func user(
        _ id: String, _ name: Value, _ email: String, _ role: Value, status: String = "active",
        profile: String = "Standard"
    ) -> Row {
        [
            "id": .string(id), "full_name": name, "email": .string(email),
            "role": role.isNull ? .null : .row(["name": role, "id": "5550000000000000077"]),
            "profile": .row(["name": .string(profile), "id": "5550000000000000088"]), "status": .string(status),
            "confirm": true,
        ]
    }

    static let few: [Row] = [
        user("5550000000000000001", "Ada Lovelace", "ada@acme.example", "CEO", profile: "Administrator"),
        user("5550000000000000002", "山田 太郎", "taro@acme.example", "Manager"),
        user("5550000000000000003", "Zoe\u{308} 👩‍👩‍👧 Jo", "zoe@acme.example", nil, status: "disabled"),
        user("5550000000000000004", nil, "null@acme.example", "Sales, \"EMEA\""),
    ]

    static let hostile: [Row] = [
        user("5550000000000000005", "\u{1B}]0;pwned\u{7}\u{1B}[2J", "esc@acme.example", "line\nbreak"),
        user("5550000000000000006", "\u{202E}gnp.exe", "bidi@acme.example", "tab\there\\"),
        user("5550000000000000007", "می\u{200C}خواهم \u{85}\u{2028}", "zwnj@acme.example", "=cmd()"),
        user("5550000000000000008", "", "empty@acme.example", "no", status: "007"),
    ]

    static let columns = Columns.of(.users)
}
