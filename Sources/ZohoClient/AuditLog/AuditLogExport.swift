internal import ZoshKit

/// Reads Zoho's own audit log: asks for an export, waits for it and downloads it (Create Export Audit Log, Get the
/// Status of the Export Audit Log Job, Download Export Audit Log Result).
///
/// The POST that asks for it changes nothing in the organisation; what it sends is made here of two times.
struct AuditLogExport {
    static let path = "/settings/audit_log_export"
    /// How long an export is waited for, in seconds.
    static let longest = 600

    let caller: CRMCaller
    let version: APIVersion

    /// What happened from one time to another, both in seconds since 1970.
    func rows(from start: Int64, through end: Int64) async throws -> [Row] {
        let job = try await begin(start, end)
        var rows: [Row] = []
        for link in try await links(of: job) { rows += try await AuditLogFile(link, caller: caller).rows() }
        return rows
    }

    private func begin(_ start: Int64, _ end: Int64) async throws -> String {
        let times: Value = .list([start, end].map { .string(Timestamp.rfc3339($0)) })
        let criteria: Row = [
            "field": .row(["api_name": "audited_time"]), "comparator": "between", "value": times,
        ]
        let request = CRMRequest(
            method: .post, version: version, path: Self.path,
            body: ["audit_log_export": .list([.row(["criteria": .row(criteria)])])],
            scope: "ZohoCRM.settings.audit_logs.CREATE")
        let reply: ZohoReply
        do { reply = try await caller.read(request) } catch let error as ZoshError
            where error.code == "ALREADY_SCHEDULED"
        {
            throw ZoshError(
                .refused, "Zoho is already preparing an export of the audit log (one at a time)",
                remedy: "try again in some minutes", code: error.code)
        }
        guard let id = reply.body["audit_log_export"].list?.first?["details"]["id"].string,
            ZohoID.isID(id)
        else {
            throw ZoshError(
                .network, "Zoho accepted the export of its audit log without naming it", remedy: "try again")
        }
        return id
    }

    /// Asks how far it is until it is over, ever less often.
    private func links(of job: String) async throws -> [String] {
        let request = CRMRequest(
            version: version, path: "\(Self.path)/\(job)", scope: "ZohoCRM.settings.audit_logs.READ")
        var waited = 0
        var pause = 1
        while true {
            let state = try await caller.read(request).body["audit_log_export"].list?.first ?? .null
            switch state["status"].string?.lowercased() {
            case "finished":
                // What is empty has nothing to download.
                return state["download_links"].list?.compactMap(\.string) ?? []
            case "failed":
                throw ZoshError(.refused, "Zoho could not export its audit log", remedy: "try again")
            default:
                guard waited < Self.longest else {
                    throw ZoshError(
                        .network, "Zoho has not finished the export of its audit log after \(waited / 60) minutes",
                        remedy: "try again later, or with a shorter time: --since")
                }
                do { try await caller.transport.waits.sleep(for: .seconds(pause)) } catch {
                    throw ZoshError.interrupted
                }
                waited += pause
                pause = min(pause * 2, 15)
            }
        }
    }
}
