/// The export of the audit log: started, asked for, downloaded.
extension World {
    func auditLog(_ call: APICall, _ exchange: Exchange, in place: Int) throws(APIFailure) -> Reply {
        switch call.route {
        case .startAuditExport: try startAuditExport(exchange, in: place)
        default: try auditExports(call, in: place)
        }
    }

    private func startAuditExport(_ exchange: Exchange, in place: Int) throws(APIFailure) -> Reply {
        // One at a time.
        if let running = organisations[place].auditExports.first(where: { !$0.isFinished }) {
            throw APIFailure(
                status: 400, code: "ALREADY_SCHEDULED", message: "An export is already scheduled",
                details: ["id": .string(running.id)], collection: "audit_log_export")
        }
        var criteria = JSONValue.null
        if !exchange.body.isEmpty {
            guard let body = try? JSONParser.read(exchange.body).object, let wishes = body["audit_log_export"]?.array
            else {
                throw APIFailure(
                    status: 400, code: "MANDATORY_NOT_FOUND", message: "required field not found",
                    details: ["api_name": "audit_log_export", "json_path": "$.audit_log_export"])
            }
            guard wishes.count == 1 else {
                throw APIFailure(
                    status: 400, code: "LIMIT_EXCEEDED", message: "the limit is exceeded",
                    details: ["limit": "1", "json_path": "$.audit_log_export"])
            }
            criteria = wishes[0].object?["criteria"] ?? .null
        }
        let filter = try AuditFilter(criteria)
        let base = organisations[place].people.id(organisations[place].caller)
        let id = String(base + 1_000_000 + organisations[place].auditExports.count * 13)
        organisations[place].auditExports.append(
            AuditExportJob(id: id, criteria: criteria, filter: filter, started: now))
        let result: JSONValue = [
            "status": "success", "code": "SCHEDULED", "message": "Audit log export has been scheduled",
            "details": ["id": .string(id)],
        ]
        return .json(200, .object(APIFailure.wrapped("audit_log_export", result)))
    }

    private func auditExports(_ call: APICall, in place: Int) throws(APIFailure) -> Reply {
        var exports = organisations[place].auditExports
        if let id = call.id {
            guard let index = exports.firstIndex(where: { $0.id == id }) else { throw .unknownPath }
            organisations[place].auditExports[index].questions += 1
            exports = [organisations[place].auditExports[index]]
        }
        guard !exports.isEmpty else { return .noContent }
        let organisation = organisations[place]
        let origin = centre(organisation.dataCentre)?.api ?? ""
        var body = JSONObject()
        body["audit_log_export"] = .array(exports.map { .object(described($0, organisation, origin)) })
        return .json(200, .object(body))
    }

    private func described(_ export: AuditExportJob, _ organisation: Organisation, _ origin: String) -> JSONObject {
        var row = JSONObject([
            "id": .string(export.id), "status": export.isFinished ? "Finished" : "Progress",
            "job_start_time": .string(organisation.time(Int(export.started))), "criteria": export.criteria,
            "created_by": organisation.callerReference,
        ])
        guard export.isFinished else { return row }
        row["job_end_time"] = .string(organisation.time(Int(export.started)))
        row["expiry_date"] = .string(organisation.time(Int(export.started + AuditExportJob.life)))
        row["download_links"] = [
            .string("\(origin)/v2/crm/\(organisation.zgid)/auditlog/\(export.id)/AuditLog.csv")
        ]
        return row
    }

    /// The documentation names neither the columns nor their order; these are assumed, from what the page of the audit
    /// log shows.
    func auditLogFile(_ call: APICall, in place: Int) throws(APIFailure) -> Reply {
        let organisation = organisations[place]
        guard let export = organisation.auditExports.first(where: { $0.id == call.id }), export.isFinished,
            now < export.started + AuditExportJob.life
        else { throw .unknownPath }
        var text = "Audited Time,Done By,Action,Module,Record Id,Record Name\r\n"
        for record in organisation.auditTrail where export.filter.includes(record) {
            let cells = [
                organisation.time(record.time), record.doneBy, record.action.rawValue, "Users",
                String(record.recordID), record.recordName,
            ]
            text += cells.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",") + "\r\n"
        }
        return Reply(
            status: 200, headers: [("Content-Type", "application/octet-stream;charset=UTF-8")],
            body: Array(text.utf8))
    }
}
