internal import ZoshKit

/// Whether Zoho shows what a write was said to have done: it answers "User updated" for fields it does not know and
/// for values it does not understand.
///
/// Users are read back a hundred to a call. "Done" stays when Zoho shows the values, or does not show the field to
/// anyone but the user (`signature`, `theme`); it stays as well when nothing can be read, and the row says so.
enum ShownResult {
    struct Written: Sendable {
        let resource: Resource
        let id: String
        let fields: Row
    }

    /// How many are read back together: as many as a call of `ids=` takes.
    static let batch = 100

    /// What can be read back of a change; nil where nothing can.
    static func written(_ planned: PlannedChange, _ report: ChangeReport) -> Written? {
        guard report.outcome == .done else { return nil }
        guard let change = planned.change, let id = change.id ?? report.id else { return nil }
        switch planned.result {
        case .values, .newcomer: return Written(resource: change.resource, id: id, fields: change.fields)
        default: return nil
        }
    }

    /// The reports as Zoho's own view of the records has them.
    /// - Parameter reports: of at most `batch` records; those without `written` are not looked at.
    static func checked(
        _ reports: [ChangeReport], _ written: [Written?], _ executor: any ChangeExecutor,
        _ settle: @escaping @Sendable () async throws -> Void
    ) async -> [ChangeReport] {
        let all = written.compactMap(\.self)
        guard !all.isEmpty else { return reports }
        // Apart from the line, but ended with it: what has been done is reported at once when no reader waits for more.
        let reading = Task {
            do {
                var shown = try await read(all, executor)
                let open = all.filter { !isShown($0, shown) }
                if !open.isEmpty {
                    // A list may lag behind a write.
                    try await settle()
                    shown.merge(try await read(open, executor)) { $1 }
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

    private static func read(_ written: [Written], _ executor: any ChangeExecutor) async throws -> [String: Row] {
        var shown: [String: Row] = [:]
        for (resource, some) in Dictionary(grouping: written, by: \.resource) {
            shown.merge(try await executor.reread(resource, ids: some.map(\.id))) { $1 }
        }
        return shown
    }

    private static func isShown(_ written: Written, _ shown: [String: Row]) -> Bool {
        shown[written.id].map { ignored(written, in: $0).isEmpty } ?? false
    }

    /// The fields whose values Zoho does not show although it could.
    private static func ignored(_ written: Written, in user: Row) -> [String] {
        written.resource.open(written.fields, in: user).filter { name in
            if user[name] != nil { return true }
            // Documented fields may be shown to the user alone; what is in no list and in no reply is not a field.
            if case .field = written.resource.fieldNames.meaning(of: name) { return false }
            return true
        }
    }

    private static func verdict(_ report: ChangeReport, _ written: Written, _ user: Row?) -> ChangeReport {
        guard let user else {
            return ChangeReport(
                .unverified, id: report.id,
                message: "Zoho answered '\(report.message ?? "done")' but does not show the \(written.resource.noun)")
        }
        let names = ignored(written, in: user)
        guard !names.isEmpty else {
            var report = report
            report.shown = Row(written.fields.names.compactMap { name in user[name].map { (name, $0) } })
            return report
        }
        let unknown = names.filter { user[$0] == nil }
        if unknown.count == written.fields.count {
            return ChangeReport(
                .failed, id: report.id,
                message: "Zoho ignored \(unknown.joined(separator: ", ")): \(written.resource.name) have no such field")
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
