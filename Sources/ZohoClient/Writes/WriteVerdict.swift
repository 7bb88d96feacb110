internal import ZoshKit

/// Reads what a write's reply says happened.
///
/// A refusal is believed under any status. A success is believed only with its record. Everything else (a gateway's
/// page, a server error, text cut short) may stand for a write that took effect.
struct WriteVerdict {
    private static let alreadySo: Set<String> = ["ID_ALREADY_ACTIVE", "ID_ALREADY_DEACTIVATED"]

    let result: ChangeResult
    /// What Zoho said of the record besides its id: a job's number. Empty unless it is done.
    var details = Row()

    init(_ result: ChangeResult) { self.result = result }

    init(_ reply: HTTPReply, from host: String, scope: Scope?, id: String?) {
        let decoded: ZohoReply
        do {
            decoded = try ZohoReply(reply, from: host)
        } catch {
            // A page with a 4xx comes from in front of the API, which then has done nothing: unless it stopped waiting.
            let isRefused = (400..<500).contains(reply.status) && !RetryPolicy.isTimeout(reply.status)
            result = isRefused ? .refused(error) : .uncertain(reason: error.problem)
            return
        }
        if let error = ZohoErrorReply.found(in: decoded) {
            result = Self.judge(error, scope)
        } else if let record = Self.success(in: decoded.body) {
            details = record.row?["details"]?.row ?? Row()
            result = .done(
                id: details["id"]?.text ?? id, message: PlainText.sentence(record.row?.string("message") ?? "done"))
        } else {
            result = .uncertain(reason: "Zoho answered HTTP \(decoded.status) without saying what it did")
        }
    }

    private static func judge(_ error: ZohoErrorReply, _ scope: Scope?) -> ChangeResult {
        if alreadySo.contains(error.code) {
            return .unchanged(code: error.code)
        }
        if error.status >= 500 {
            return .uncertain(reason: "Zoho failed while working on it: \(PlainText.sentence(error.message))")
        }
        if RetryPolicy.isTimeout(error.status) {
            return .uncertain(reason: "the request timed out: \(PlainText.sentence(error.message))")
        }
        return .refused(error.zoshError(needing: scope))
    }

    private static func success(in body: Value) -> Value? {
        guard let row = body.row else { return nil }
        if row.string("status") == "success" { return body }
        return row.values.lazy.compactMap { $0.list?.first }.first { $0.row?.string("status") == "success" }
    }
}
