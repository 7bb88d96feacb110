import CLinux
import Vault
import ZohoClient
import ZoshKit
import ZoshTrust

/// Which imported connections are let in: no person, organisation, environment and client twice, no name twice.
enum GrantAdmission {
    /// - Parameters:
    ///   - body: the grant as it was exported.
    ///   - known: the grants the store holds by now.
    /// - Returns: what to store; nil when the connection is here already.
    static func admit(_ body: Secret, beside known: [SealedRecord]) throws -> Secret? {
        var bytes = body.withUnsafeBytes { Array($0) }
        defer { wipe(&bytes) }
        var grant = try Grant(decoding: bytes)
        let here = try known.map { try Grant($0) }
        guard !here.contains(where: { $0.isSameConnection(as: grant) }) else { return nil }
        let taken = Set(here.map(\.name))
        guard taken.contains(grant.name) || ConnectionNaming.mistake(in: grant.name) != nil else { return body }
        grant.name = ConnectionName.suggested(for: grant.name, taken: taken)
        var renamed = grant.encoded()
        defer { wipe(&renamed) }
        return Secret(renamed)
    }

    private static func wipe(_ bytes: inout [UInt8]) {
        bytes.withUnsafeMutableBytes { if let base = $0.baseAddress { zosh_wipe(base, $0.count) } }
    }
}
