internal import ZoshKit

/// A plan as its file holds it: JSON with a line for each row, so that two plans can be compared and one can be read
/// without zosh.
///
/// Invariant: the file is exactly what zosh writes of what it reads in it. So nothing in it is shown and not done, done
/// and not shown, or read by another program in another way.
struct PlanDocument: Sendable {
    static let version: Int64 = 2
    static let mostBytes = 64 << 20
    static let mostRows = 50_000
    static let mostApprovals = 20

    let header: PlanHeader
    let rows: [PlanRow]

    /// What stands behind the plan itself.
    struct Seals: Sendable {
        var digest: String
        var seal: String
        var approvals: [PlanApproval] = []
    }

    /// How many rows there are of each outcome, in a fixed order.
    var counts: [(outcome: String, count: Int)] {
        let all = Dictionary(grouping: rows, by: \.outcome).mapValues(\.count)
        return ["planned", "unchanged", "refused"].map { ($0, all[$0] ?? 0) }
    }

    /// All that the digest is of: every line up to that of the digest.
    var body: String {
        var writer = JSONWriter()
        writer.write(raw: "{\"zosh_plan\":\(Self.version),\n")
        for (name, value) in header.row.fields { Self.write(name, value, to: &writer) }
        Self.write("counts", .row(Row(counts.map { ($0.outcome, .integer(Int64($0.count))) })), to: &writer)
        writer.write(raw: "\"rows\":[")
        for (number, row) in rows.enumerated() {
            writer.write(raw: number == 0 ? "\n" : ",\n")
            writer.write(Row([("row", .integer(Int64(number + 1)))] + row.row.fields.map { ($0.name, $0.value) }))
        }
        writer.write(raw: "\n],\n")
        return String(decoding: writer.drain(), as: UTF8.self)
    }

    private static func write(_ name: String, _ value: Value, to writer: inout JSONWriter) {
        writer.write(string: name)
        writer.write(raw: ":")
        writer.write(value)
        writer.write(raw: ",\n")
    }

    func bytes(_ seals: Seals) -> [UInt8] {
        var writer = JSONWriter()
        writer.write(raw: body)
        Self.write("digest", .string(seals.digest), to: &writer)
        Self.write("seal", .string(seals.seal), to: &writer)
        writer.write(raw: "\"approvals\":[")
        for (number, approval) in seals.approvals.enumerated() {
            writer.write(raw: number == 0 ? "\n" : ",\n")
            writer.write(approval.row)
        }
        writer.write(raw: "\n]}\n")
        return writer.drain()
    }

    /// - Parameter name: the file, for errors.
    /// - Throws: `ZoshError` unless the bytes are exactly those of a plan of this version.
    static func read(_ bytes: [UInt8], named name: String) throws -> (document: PlanDocument, seals: Seals) {
        guard let row = try? JSONReader.value(of: bytes).row, let version = row["zosh_plan"]?.integer else {
            throw ZoshError(
                .local, "'\(name)' is not a plan", remedy: "make one: put --plan FILE behind a command that writes")
        }
        guard version == Self.version else {
            throw ZoshError(.local, "'\(name)' was made by another version of zosh", remedy: remake)
        }
        let listed = row["rows"]?.list ?? []
        guard listed.count <= mostRows else { throw tooLong(name) }
        guard let header = PlanHeader(row), let digest = row.string("digest"), let seal = row.string("seal") else {
            throw edited(name)
        }
        let rows = listed.compactMap { value in
            value.row.flatMap { row -> PlanRow? in
                var row = row
                row["row"] = nil
                return PlanRow(row)
            }
        }
        let document = PlanDocument(header: header, rows: rows)
        let approvals = row["approvals"]?.list ?? []
        guard approvals.count <= mostApprovals else { throw edited(name) }
        let seals = Seals(
            digest: digest, seal: seal, approvals: approvals.compactMap { $0.row.flatMap(PlanApproval.init) })
        // What was edited, added, left out or written in another way.
        guard rows.count == listed.count, document.bytes(seals) == bytes else { throw edited(name) }
        return (document, seals)
    }

    static let remake = "make the plan again"

    static func edited(_ name: String) -> ZoshError {
        ZoshError(.refused, "the plan '\(name)' was edited since it was made", remedy: remake)
    }

    static func tooLong(_ name: String) -> ZoshError {
        ZoshError(.local, "a plan holds at most \(mostRows) rows", remedy: "make several plans of fewer users each")
    }
}
