/// A field as Fields Metadata describes it (`GET /settings/fields?module=Users`).
public struct DescribedField: Sendable, Hashable {
    public let name: String
    public let label: String
    /// Zoho's `data_type`: `text`, `boolean`, `integer`, …
    public let type: String
    public let isReadOnly: Bool
    public let limits: FieldLimits

    public init(name: String, label: String, type: String, isReadOnly: Bool, limits: FieldLimits = FieldLimits()) {
        self.name = name
        self.label = label
        self.type = type
        self.isReadOnly = isReadOnly
        self.limits = limits
    }

    /// - Returns: nil when the row has no API name.
    public init?(_ row: Row) {
        guard let name = row.string("api_name"), !name.isEmpty else { return nil }
        self.init(
            name: name, label: row.string("field_label") ?? "", type: row.string("data_type") ?? "",
            isReadOnly: row["read_only"]?.bool ?? false, limits: FieldLimits(row))
    }
}

/// The fields of a noun in one organisation, as far as they are known.
///
/// For example the fields of users in Acme, some of which only Acme has.
public struct FieldSet: Sendable {
    public let names: FieldNames
    /// Why an unknown name may exist all the same: Zoho's field list could not be read. Nil when it could.
    public let gap: ZoshError?

    /// - Parameters:
    ///   - described: what Zoho says of the organisation's fields; its labels count beside the documented ones.
    ///   - seen: names of fields that Zoho's replies had.
    public init(_ resource: Resource, described: [DescribedField] = [], seen: [String] = [], gap: ZoshError?) {
        self.gap = gap
        guard !described.isEmpty || !seen.isEmpty else {
            names = resource.fieldNames
            return
        }
        let known = Dictionary(described.map { ($0.name, $0) }) { first, _ in first }
        let documented = resource.fields.map { field in
            guard let own = known[field.name] else { return field }
            return field.described(own.label.isEmpty ? [] : [own.label], own.limits)
        }
        let own = described.map { field in
            let labels = field.label.isEmpty ? [] : [field.label]
            // The values of a pick list are texts, which have nothing inside.
            let inner: [Field]? = field.type == "multiselectpicklist" ? [] : nil
            return Field(
                field.name, FieldType(metadata: field.type), labels, writable: !field.isReadOnly, inner: inner
            ).described([], field.limits)
        }
        // `FieldNames` lets the first of two equal names count, so what is documented wins.
        names = FieldNames(documented + own + seen.map { Field($0) })
    }

    /// The fields that at least one of several organisations has.
    public init(joining sets: [FieldSet]) {
        names = FieldNames(sets.flatMap(\.names.fields))
        gap = sets.lazy.compactMap(\.gap).first
    }
}
