internal import ZoshKit

/// Why a brake stops a line, and the option that allows it.
struct BrakeStop {
    let problem: String
    let option: String
    /// Whether only the process can be given it: a line may not allow more than the process was started with.
    var isOfProcess = false
    /// Whether fewer users would be enough.
    let isAboutMany: Bool

    /// Everything that stops a line, said at once, so that allowing one thing does not lead into the next.
    static func error(_ stops: [BrakeStop], at span: Span) -> ZoshError? {
        guard !stops.isEmpty else { return nil }
        func options(ofProcess: Bool) -> String {
            stops.filter { $0.isOfProcess == ofProcess }.map(\.option).joined(separator: " ")
        }
        let own = options(ofProcess: false)
        let outer = options(ofProcess: true)
        let ways = [own.isEmpty ? nil : "add \(own)", outer.isEmpty ? nil : "start zosh with \(outer)"]
        let way = ways.compactMap(\.self).joined(separator: ", and ")
        return ZoshError(
            .refused, stops.map(\.problem).joined(separator: "; "), at: span,
            remedy: stops.contains(where: \.isAboutMany)
                ? "narrow the selection, or \(way)" : "\(way) if you intend this")
    }
}
