internal import ZoshKit

/// How many calls an organisation's edition allows at once, per organisation and application.
///
/// Source: API limits, CRM documentation (Free 5, Standard 10, Professional 15, Enterprise 20, Ultimate 25). `GET /org`
/// names the edition in `license_details.paid_type`, whose values are not documented, so they are recognised by their
/// words; what is not recognised is `unknown`, for which ten at once were never too many.
enum Edition {
    static let unknown = 10

    private static let limits = [
        ("free", 5), ("standard", 10), ("starter", 10), ("professional", 15), ("enterprise", 20), ("zohoone", 20),
        ("ultimate", 25), ("crmplus", 25),
    ]

    /// - Parameter name: `enterprise`; empty when Zoho did not say.
    static func calls(atOnce name: String) -> Int {
        let plain = name.lowercased().filter(\.isLetter)
        return limits.first { plain.contains($0.0) }?.1 ?? unknown
    }

    /// As an organisation's record has it; one that neither pays nor tries another has the free one.
    static func name(in organisation: Row?) -> String {
        let licence = organisation?["license_details"]?.row
        return licence?.string("paid_type") ?? licence?.string("trial_type")
            ?? (licence?["paid"]?.bool == false ? "free" : "")
    }
}
