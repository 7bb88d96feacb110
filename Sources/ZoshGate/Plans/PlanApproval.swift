internal import ZoshKit

/// One signature under a plan.
struct PlanApproval: Sendable, Equatable {
    /// The fingerprint of the signer's key.
    let signer: String
    /// Seconds since 1970.
    let at: Int64
    /// In hexadecimal digits.
    var signature: String

    init(by signer: String, at: Int64, signature: String = "") {
        self.signer = signer
        self.at = at
        self.signature = signature
    }

    var row: Row {
        [
            "signer": .string(signer), "at": .string(Timestamp.rfc3339(at)), "signature": .string(signature),
        ]
    }

    /// Nil for what is not an approval.
    init?(_ row: Row) {
        guard let signer = row.string("signer"), let signature = row.string("signature"),
            let at = row.string("at").flatMap(Timestamp.init)?.instant
        else { return nil }
        self.init(by: signer, at: at, signature: signature)
    }

    /// What is signed: the plan, where and whose it is, until when it holds and what was demanded of it.
    func message(for header: PlanHeader, _ digest: String) -> [UInt8] {
        let signed: Row = [
            "zosh_approval": 1, "digest": .string(digest), "connection": .string(header.connection),
            "org": .string(header.org), "dc": .string(header.dataCentre), "environment": .string(header.environment),
            "author": .string(header.author), "expires": .integer(header.expires),
            "policy": .integer(Int64(header.policy)), "signer": .string(signer), "at": .integer(at),
        ]
        return Array(JSONWriter.text(.row(signed)).utf8)
    }
}
