/// Which fields of a user each generation of the API shows.
///
/// A changed user is kept with the union of all fields; this takes the ones away that a version
/// does not have. Custom fields belong to every version.
enum FieldsByVersion {
    private static let originalOnly: Set<String> = ["Currency", "territories"]
    private static let fromShifted: Set<String> = [
        "$shift_effective_from", "$current_shift", "$next_shift", "sandboxDeveloper", "status_reason__s",
        "number_separator", "type__s", "sort_order_preference__s", "name_format__s", "decimal_separator",
    ]
    private static let fromExtended: Set<String> = [
        "ezuid", "image_link", "share_among_subordinates", "imap_status", "distance_preference__s", "rtl_enabled",
        "telephony_enabled", "Status_Updated_By__s", "Status_Updated_Time__s", "Invited_By__s", "Invited_Time__s",
        "Confirmed_Time__s",
    ]

    static func shown(_ record: JSONObject, in fields: CRMVersion.Fields) -> JSONObject {
        var shown = record
        shown.members.removeAll { member in
            switch fields {
            case .original: fromShifted.contains(member.key) || fromExtended.contains(member.key)
            case .shifted:
                originalOnly.contains(member.key) || fromExtended.contains(member.key) || member.key == "Reporting_To"
            case .extended: originalOnly.contains(member.key)
            }
        }
        guard fields == .original else { return shown }
        if let locale = record["country_locale"]?.string { shown["country_locale"] = .string(String(locale.suffix(2))) }
        if let format = record["name_format__s"] {
            shown["name_format"] = format
            shown["decimal_separator"] = "en_US"
        }
        return shown
    }
}
