/// The user fields people name most (Get Users and Update User documentation); `users fields` lists all of them.
enum UserFieldNames {
    static let shown = [
        "id", "full_name", "first_name", "last_name", "email", "status", "role", "role.name", "profile", "profile.name",
        "confirm", "zuid",
        "alias", "city", "state", "country", "zip", "street", "phone", "mobile", "fax", "website", "dob", "language",
        "locale",
        "country_locale", "time_zone", "time_format", "date_format", "created_time", "Modified_Time", "created_by.name",
        "Modified_By.name",
        "Reporting_To.name", "type__s",
    ]
}
