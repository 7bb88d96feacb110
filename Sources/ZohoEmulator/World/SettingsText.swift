/// The records of a generated organisation that describe it: itself, its roles, its profiles.
///
/// Shapes follow the Get Organization, Get Roles and Get Profiles documentation (v8).
enum SettingsText {
    static func organisation(base: Int, zgid: String, number: Int, caller: Caller) -> JSONObject {
        JSONObject([
            "country": "US", "photo_id": .null,
            "hierarchy_preferences": ["type": "Role_Hierarchy", "strictly_reporting": false],
            "city": "Los Angeles", "description": .null, "mc_status": false, "gapps_enabled": false,
            "domain_name": .string("org\(zgid)"), "translation_enabled": false, "street": "4900 Hopyard Rd",
            "alias": .null, "currency": "US Dollar - USD", "id": .string(String(base + 225_001)), "state": "California",
            "fax": .null, "employee_count": "150", "zip": "94588", "website": "www.zylker.example",
            "currency_symbol": "$", "mobile": .null, "currency_locale": "en_US",
            "primary_zuid": .string(String(caller.zuid)), "zia_portal_id": .null, "time_zone": "America/Los_Angeles",
            "zgid": .string(zgid), "country_code": "US", "deletable_org_account": true,
            "license_details": [
                "paid_expiry": .null, "users_license_purchased": 1_000_000, "trial_type": .null, "trial_expiry": .null,
                "paid": true, "paid_type": "enterprise", "portal_users_license_purchased": 0, "trial_action": .null,
            ],
            "phone": .null, "company_name": .string(number == 0 ? "Zylker" : "Zylker \(number + 1) – 子会社"),
            "privacy_settings": false, "primary_email": .string(caller.email),
            "hipaa_compliance_enabled": false, "iso_code": "USD", "type": "Production", "max_per_page": 200,
            "oauth_presence": true, "lite_users_enabled": false, "created_time": "2019-01-01T00:00:00-08:00",
        ])
    }

    static func role(_ role: Roster.Role, in roster: Roster, owner: JSONValue) -> JSONObject {
        let parent = role.parent.flatMap { id in roster.roles.first { $0.id == id } }
        return JSONObject([
            "display_label": .string(role.name), "created_by__s": owner, "modified_by__s": owner,
            "forecast_manager": .null, "share_with_peers": true, "modified_time__s": "2020-02-20T02:20:20-08:00",
            "name": .string(role.name), "description": .null,
            "reporting_to": parent.map { ["name": .string($0.name), "id": .string(String($0.id))] } ?? .null,
            "id": .string(String(role.id)), "created_time__s": "2019-01-01T00:00:00-08:00",
            "api_name": .string(role.name), "admin_user": .bool(role.parent == nil),
        ])
    }

    static func profile(_ profile: Roster.Profile, owner: JSONValue) -> JSONObject {
        JSONObject([
            "display_label": .string(profile.name),
            "created_time": profile.custom ? "2021-03-04T05:06:07-08:00" : .null,
            "modified_time": profile.custom ? "2021-03-04T05:06:07-08:00" : .null, "custom": .bool(profile.custom),
            "name": .string(profile.name), "description": .null, "modified_by": profile.custom ? owner : .null,
            "id": .string(String(profile.id)), "api_name": .string(profile.name),
            "created_by": profile.custom ? owner : .null, "type": "normal_profile",
        ])
    }
}
