/// A version of the CRM API that zosh speaks.
///
/// For example `APIVersion(rawValue: "v8")`; `.v2 < .v8`.
public enum APIVersion: String, Sendable, CaseIterable, Comparable, CallConvertible {
    case v2
    case v2_1 = "v2.1"
    case v3, v4, v5, v6, v7, v8

    public static func < (a: APIVersion, b: APIVersion) -> Bool { a.order < b.order }

    private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// The newest documented version (2026).
    public static let standard = APIVersion.v8
}
