internal import CLinux
internal import FoundationEssentials

extension Data {
    /// Zeroes the bytes in place. Call it on a value nobody else holds: a
    /// shared one would be copied first and its original left as it is.
    mutating func wipe() {
        withUnsafeMutableBytes { if let base = $0.baseAddress { zosh_wipe(base, $0.count) } }
    }
}
