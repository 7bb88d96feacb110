internal import Glibc

/// The hosts of `NO_PROXY`: names with everything below them, addresses, networks (`10.0.0.0/8`), `*` for all.
struct NoProxyList: Sendable {
    private let entries: [Substring]

    init(_ text: String) {
        entries = text.lowercased().split { $0 == "," || $0.isWhitespace }
    }

    /// - Parameter host: in lower case, as a `WebOrigin` has it.
    func covers(host: String, port: Int) -> Bool {
        let name = Substring(host).trimmingBrackets
        return entries.contains { entry in
            if entry == "*" { return true }
            let (pattern, wanted) = Self.parts(entry)
            if let wanted, wanted != port { return false }
            if let network = AddressBlock(pattern) { return network.contains(name) }
            return name == pattern || name.hasSuffix("." + pattern)
        }
    }

    /// Name and port; a leading dot or `*.` and a trailing dot mean nothing by themselves.
    private static func parts(_ entry: Substring) -> (Substring, Int?) {
        var pattern = entry
        var port: Int?
        if pattern.first == "[", let end = pattern.firstIndex(of: "]") {
            port = Int(pattern[end...].dropFirst(2))
            pattern = pattern[...end].trimmingBrackets
        } else if let colon = pattern.firstIndex(of: ":"), colon == pattern.lastIndex(of: ":"),
            let number = Int(pattern[colon...].dropFirst())
        {
            port = number
            pattern = pattern[..<colon]
        }
        if pattern.hasPrefix("*.") { pattern = pattern.dropFirst() }
        while pattern.first == "." { pattern = pattern.dropFirst() }
        if pattern.last == "." { pattern = pattern.dropLast() }
        return (pattern, port)
    }
}

/// A network of addresses, or a single one.
private struct AddressBlock {
    private let bytes: [UInt8]
    private let bits: Int

    /// Nil when the text is not an address.
    init?(_ text: Substring) {
        let halves = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = halves.first, let bytes = Self.bytes(of: first) else { return nil }
        self.bytes = bytes
        let all = bytes.count * 8
        guard halves.count == 2 else {
            bits = all
            return
        }
        guard let bits = Int(halves[1]), (0...all).contains(bits) else { return nil }
        self.bits = bits
    }

    func contains(_ host: Substring) -> Bool {
        guard let other = Self.bytes(of: host), other.count == bytes.count else { return false }
        return (0..<bits).allSatisfy { (bytes[$0 / 8] ^ other[$0 / 8]) & (0x80 >> UInt8($0 % 8)) == 0 }
    }

    private static func bytes(of text: Substring) -> [UInt8]? {
        if !text.contains(":") {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
            return parts.count == 4 && parts.allSatisfy { $0 != nil } ? parts.compactMap(\.self) : nil
        }
        var address = [UInt8](repeating: 0, count: 16)
        return inet_pton(AF_INET6, String(text), &address) == 1 ? address : nil
    }
}

extension Substring {
    /// An IPv6 address without the brackets it has in a URL.
    fileprivate var trimmingBrackets: Substring { first == "[" && last == "]" ? dropFirst().dropLast() : self }
}
