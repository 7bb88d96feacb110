internal import ZoshKit

/// Why a brake stops a line, and the option that allows it.
struct BrakeStop {
    let problem: String
    let option: String
    /// Whether fewer users would be enough.
    let isAboutMany: Bool

    /// Everything that stops a line, said at once, so that allowing one thing does not lead into the next.
    static func error(_ stops: [BrakeStop], at span: Span) -> ZoshError? {
        guard !stops.isEmpty else { return nil }
        let options = stops.map(\.option).joined(separator: " ")
        return ZoshError(
            .refused, stops.map(\.problem).joined(separator: "; "), at: span,
            remedy: stops.contains(where: \.isAboutMany)
                ? "narrow the selection, or add \(options)" : "add \(options) if that is meant")
    }
}
