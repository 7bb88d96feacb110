/// The fields of the rows in which every command that writes at Zoho says what happened to each change.
extension KnownFields {
    /// What can have happened to a change.
    public static let outcomes = ["done", "planned", "unchanged", "refused", "failed", "unverified", "not started"]

    public static let changes = KnownFields.exactly(
        fields: [
            Field("subject"), Field("action"), Field("outcome", .text, values: outcomes), Field("message"),
            Field("code"), Field("id"), Field("before"), Field("after"),
        ])
}

extension Field {
    /// How many rows there are, or how many are alike.
    public static let count = Field("count", .integer)
}
