import ZoshKit

/// Turns fields as people write them into fields as Zoho takes them: role and profile names become ids.
///
/// Zoho wants bare id strings for `role` and `profile` when writing (Insert User documentation, v2 to v8) although it
/// gives objects when reading.
struct UserFields {
    private let shell: ShellContext

    init(_ shell: ShellContext) { self.shell = shell }

    /// - Throws: `ZoshError.usage` pointing at the field when a role or profile does not exist.
    func resolve(_ assignments: [FieldAssignment]) async throws -> Row {
        var fields = Row()
        for assignment in assignments {
            guard fields[assignment.name] == nil else {
                throw ZoshError(.usage, "'\(assignment.name)' is given twice", at: assignment.span)
            }
            fields[assignment.name] = try await value(assignment)
        }
        return fields
    }

    private func value(_ field: FieldAssignment) async throws -> Value {
        switch field.name {
        case "role": try await id(field, among: shell.zoho.roles())
        case "profile": try await id(field, among: shell.zoho.profiles())
        // You write "inactive" and read "disabled"; people write what they read.
        case "reporting_to", "Reporting_To": try await manager(field)
        case "status" where field.value.text == "disabled": "inactive"
        default: field.value
        }
    }

    /// A manager by e-mail, as scripts name people; an id stays one.
    private func manager(_ field: FieldAssignment) async throws -> Value {
        guard field.value.text.contains("@") else { return field.value }
        let (targets, _) = try await UserNames(shell).resolve([BoundValue(field.value, at: field.span)])
        guard let manager = targets.first else {
            throw ZoshError(.usage, "nobody is '\(field.value.text)'", at: field.span, remedy: "users find \(field.value.text)")
        }
        return .string(manager.id)
    }

    private func id(_ field: FieldAssignment, among stream: RowStream) async throws -> Value {
        let wanted = field.value.text
        if !wanted.isEmpty, wanted.utf8.allSatisfy({ (48...57).contains($0) }) { return .string(wanted) }
        let rows = try await stream.collect()
        if let row = rows.first(where: { $0["name"].text.lowercased() == wanted.lowercased() }) { return row["id"] ?? .null }
        let names = rows.map { $0["name"].text }.sorted().joined(separator: ", ")
        throw ZoshError(
            .usage, "there is no \(field.name) '\(wanted)'", at: field.span, remedy: "there are: \(names)")
    }
}
