internal import ZoshKit

/// Whether Zoho shows what a write was said to have done: it answers "User updated" for fields it does not know and
/// for values it does not understand.
///
/// Users are read back a hundred to a call. "Done" stays when Zoho shows the values, or does not show the field to
/// anybody but the user (`signature`, `theme`); it stays as well when nothing can be read, and that is said.
enum ShownResult {
    struct Written: Sendable {
        let id: String
        let fields: Row
    }

    /// What can be read back of a change; nil where nothing can.
    static func written(_ planned: PlannedChange, _ report: ChangeReport) -> Written? {
        guard report.outcome == .done else { return nil }
        switch planned.change.operation {
        case .updateUser(let id, let fields): return Written(id: id, fields: fields)
        case .createUser(let fields): return report.id.map { Written(id: $0, fields: fields) }
        default: return nil
        }
    }

    /// The reports as Zoho's own view of the users has them.
    /// - Parameter reports: of at most a hundred users; those without `written` are not looked at.
    static func checked(
        _ reports: [ChangeReport], _ written: [Written?], _ writer: any ChangeWriter,
        _ settle: @escaping @Sendable () async throws -> Void
    ) async -> [ChangeReport] {
        let ids = written.compactMap { $0?.id }
        guard !ids.isEmpty else { return reports }
        // Apart from the line, but ended with it: what has been done is told at once when nobody waits for more.
        let reading = Task {
            do {
                var shown = try await writer.reread(users: ids)
                let open = written.compactMap { one in one.flatMap { isShown($0, shown) ? nil : $0.id } }
                if !open.isEmpty {
                    // A list may lag behind a write.
                    try await settle()
                    shown.merge(try await writer.reread(users: open)) { $1 }
                }
                return zip(reports, written).map { report, one in
                    one.map { verdict(report, $0, shown[$0.id]) } ?? report
                }
            } catch {
                return zip(reports, written).map { report, one in
                    guard one != nil else { return report }
                    var report = report
                    report.message = [report.message, "it could not be read back"].compactMap(\.self).joined(
                        separator: "; ")
                    return report
                }
            }
        }
        return await withTaskCancellationHandler {
            await reading.value
        } onCancel: {
            reading.cancel()
        }
    }

    private static func isShown(_ written: Written, _ shown: [String: Row]) -> Bool {
        shown[written.id].map { ignored(written.fields, in: $0).isEmpty } ?? false
    }

    /// The fields whose values Zoho does not show although it could.
    private static func ignored(_ fields: Row, in user: Row) -> [String] {
        FieldComparison.open(fields, in: user).filter { name in
            if user[name] != nil { return true }
            // Documented fields may be shown to nobody but the user; what is in no list and in no reply is no field.
            if case .field = documented.meaning(of: name) { return false }
            return true
        }
    }

    private static let documented = FieldNames(Resource.users.fields)

    private static func verdict(_ report: ChangeReport, _ written: Written, _ user: Row?) -> ChangeReport {
        guard let user else {
            return ChangeReport(
                .unverified, id: report.id,
                message: "Zoho answered '\(report.message ?? "done")' but does not show the user")
        }
        let names = ignored(written.fields, in: user)
        guard !names.isEmpty else { return report }
        let unknown = names.filter { user[$0] == nil }
        if unknown.count == written.fields.count {
            return ChangeReport(
                .failed, id: report.id,
                message: "Zoho ignored \(unknown.joined(separator: ", ")): users have no such field")
        }
        let values = names.map { name in
            user[name].map { "\(name) is \($0.isNull ? "empty" : $0.shownText)" } ?? "\(name) is not a field"
        }
        return ChangeReport(
            .unverified, id: report.id,
            message:
                "Zoho answered '\(report.message ?? "done")' but shows other values: \(values.joined(separator: ", "))"
                .neutralised)
    }
}
