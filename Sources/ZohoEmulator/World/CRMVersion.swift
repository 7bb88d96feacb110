/// A version of the CRM API, as the path names it.
///
/// The documentation's switcher runs from v2 to v8. What differs in a reply is the set of fields a
/// user has, of which there are three.
enum CRMVersion: String, Sendable, CaseIterable {
    case v2
    case v2_1 = "v2.1"
    case v3, v4, v5, v6, v7, v8

    /// Which fields a user has.
    enum Fields: Int, Sendable, Comparable {
        /// Get Users (v2) documentation.
        case original
        /// Get Users (v7) documentation: `type__s`, shifts, worded separators.
        case shifted
        /// v8 adds invitation, confirmation and preference fields.
        case extended

        static func < (left: Fields, right: Fields) -> Bool { left.rawValue < right.rawValue }
    }

    var fields: Fields {
        switch self {
        case .v7: .shifted
        case .v8: .extended
        default: .original
        }
    }

    /// Whether errors of the v2 era apply: an invalid identifier under HTTP 200, `last_name`
    /// mandatory (Kaizen #51).
    var isOriginal: Bool { self == .v2 || self == .v2_1 }
}
