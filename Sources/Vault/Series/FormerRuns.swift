internal import FoundationEssentials
internal import ZoshTrust

/// The runs of scripts as format 1 kept them, as far as it matters what becomes of them.
struct FormerRuns {
    private struct Header: Decodable {
        let script: String?
        let org: String?
        let dc: String?
        let environment: String?
        let started: Int64?
        let ended: Int64?
        let withdrawn: Bool?

        /// What format 1 knew a run by: it continued the latest one of a script in an organisation.
        var place: [String?] { [script, org, dc, environment] }
    }

    private let bodies: [[UInt8]]
    /// The places in `bodies` of those that format 1 would have continued.
    private let unfinished: Set<Int>

    /// - Parameter bodies: as they were written, the earliest first.
    init(_ bodies: [Secret]) {
        self.bodies = bodies.map { $0.withUnsafeBytes { Array($0) } }
        var latest: [[String?]: (index: Int, header: Header)] = [:]
        for (index, body) in self.bodies.enumerated() {
            guard let header = try? JSONDecoder().decode(Header.self, from: Data(body)), header.script != nil,
                header.withdrawn != true, (latest[header.place]?.header.started ?? .min) <= (header.started ?? .min)
            else { continue }
            latest[header.place] = (index, header)
        }
        unfinished = Set(latest.values.filter { $0.header.ended != 0 }.map(\.index))
    }

    /// Adds them with their headers only, byte for byte. Those that did not finish stay unfinished, so that they are
    /// named until their scripts run again.
    func write(with writer: inout SeriesWriter) throws {
        for (index, body) in bodies.enumerated() {
            if unfinished.contains(index) {
                _ = try writer.begin(.run, body)
            } else {
                try writer.addFinished(.run, header: body)
            }
        }
    }
}
