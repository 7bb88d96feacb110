internal import Foundation

/// How long the long attacks go on.
enum Campaign {
    /// Set for the nightly run: everything instead of a sample.
    static let isNightly = ProcessInfo.processInfo.environment["ZOSH_NIGHTLY"] == "1"

    static func rounds(_ usual: Int, nightly: Int) -> Int { isNightly ? nightly : usual }
}
