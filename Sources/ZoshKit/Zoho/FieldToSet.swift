/// Finds the field a written name sets, and a value of a field that has a list of its own values.
extension Resource {
    /// The field a name or a label means, where it is to be set.
    /// - Throws: `ZoshError.usage` when it means none, more than one, or one that cannot be set.
    public func fieldToSet(_ name: String, among names: FieldNames, at span: Span?) throws -> Field {
        switch names.meaning(of: name) {
        case .field(let field) where field.isWritable: return field
        case .field(let field):
            let instead =
                field.name == "full_name"
                ? "set first_name and last_name"
                : fieldsRemedy("lists what can be set", among: FieldNames(fields.filter(\.isWritable)))
            throw ZoshError(.usage, "'\(field.name)' cannot be set", at: span, remedy: instead)
        case .several(let candidates):
            throw ZoshError(
                .usage, "'\(name.neutralised)' could be \(candidates.joined(separator: " or ").neutralised)", at: span,
                remedy: "use the API name")
        case .unknown:
            throw ZoshError(
                .usage, "\(self.name) have no field '\(name.neutralised)'", at: span,
                remedy: names.nearest(to: name).map { "did you mean '\($0.neutralised)'?" }
                    ?? fieldsRemedy(among: names))
        }
    }

    /// Whether Zoho's list of fields may tell more than is known: that there is such a field, or the type of one that
    /// is known from replies alone.
    public func isInDoubt(_ meaning: FieldNames.Meaning) -> Bool {
        switch meaning {
        case .unknown: true
        case .field(let field): field.type == .unknown && !fields.contains { $0.name == field.name }
        case .several: false
        }
    }

    /// Whether no record can be without a value of a field.
    public func needsValue(of field: Field, in version: APIVersion) -> Bool {
        field.mustHaveValue(in: version) || spelling[field.name] != nil
    }

    /// - Throws: `ZoshError.usage` for an empty value of a field that every record has.
    public func checkPresence(of given: Value, in field: Field, _ version: APIVersion, at span: Span?) throws {
        guard needsValue(of: field, in: version), given.text.trimmedOfUnseen.isEmpty else { return }
        throw ZoshError(
            .usage, "\(field.name) cannot be empty: every \(noun) has one", at: span,
            remedy: "give it a value, or leave \(field.name) out", code: "MANDATORY_NOT_FOUND")
    }

    /// What Zoho takes for a value of a field whose values are listed, and what it shows then; nil for other fields.
    /// - Throws: `ZoshError.usage` for a value that cannot be set.
    public func listed(_ given: Value, of field: Field, at span: Span?) throws -> (written: String, shown: String)? {
        guard let spelling = spelling[field.name], !given.isNull else { return nil }
        guard let written = spelling.written(given.text) else {
            throw ZoshError(
                .usage, "\(field.name) cannot be set to '\(given.text.neutralised)'", at: span,
                remedy: "use \(spelling.choices.joined(separator: " or "))")
        }
        return (written, spelling.shown(written) ?? written)
    }
}
