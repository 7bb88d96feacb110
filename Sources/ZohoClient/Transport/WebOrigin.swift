/// Scheme, host and port of an address, and nothing else: what two addresses must share before a secret is sent.
///
/// Parsed by hand and strictly, since an address from a reply or a query string is hostile: no user part, no path, no
/// escapes, no characters outside host names. Comparing origins is exact; look-alikes differ.
struct WebOrigin: Sendable, Hashable {
    let scheme: String
    let host: String
    let port: Int

    /// - Parameter address: `https://accounts.zoho.eu`, with or without a trailing slash.
    init?(_ address: String) {
        let text = address.lowercased()
        guard let separator = text.firstRange(of: "://") else { return nil }
        scheme = String(text[..<separator.lowerBound])
        guard scheme == "https" || scheme == "http" else { return nil }
        var rest = text[separator.upperBound...]
        if rest.last == "/" { rest.removeLast() }
        guard let (name, tail) = Self.host(in: rest) else { return nil }
        host = name
        if tail.isEmpty {
            port = scheme == "https" ? 443 : 80
        } else {
            guard tail.first == ":", tail.dropFirst().utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = Int(tail.dropFirst()), (1...65535).contains(number)
            else { return nil }
            port = number
        }
    }

    private init(scheme: String, host: String, port: Int) {
        self.scheme = scheme
        self.host = host
        self.port = port
    }

    private static func host(in text: Substring) -> (String, Substring)? {
        if text.first == "[" {
            guard let end = text.firstIndex(of: "]") else { return nil }
            let name = text[text.index(after: text.startIndex)..<end]
            guard !name.isEmpty, name.utf8.allSatisfy(isAddressByte) else { return nil }
            return ("[\(name)]", text[text.index(after: end)...])
        }
        let name = text.prefix { $0 != ":" }
        guard !name.isEmpty, name.first != ".", name.last != ".", name.utf8.allSatisfy(isNameByte) else { return nil }
        return (String(name), text[name.endIndex...])
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x61...0x7A, 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: false
        }
    }

    private static func isAddressByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x61...0x66, 0x30...0x39, UInt8(ascii: ":"), UInt8(ascii: "."): true
        default: false
        }
    }

    /// Whether the address never leaves this machine: the only place plain http may go.
    var isLoopback: Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// The address as text, without a trailing slash and without the scheme's own port.
    var text: String {
        let usual = scheme == "https" ? 443 : 80
        return port == usual ? "\(scheme)://\(host)" : "\(scheme)://\(host):\(port)"
    }

    /// The same origin with another first label: `www.zohoapis.eu` → `sandbox.zohoapis.eu`.
    func replacingFirstLabel(_ label: String, with other: String) -> WebOrigin? {
        guard host.hasPrefix(label + ".") else { return nil }
        return WebOrigin(scheme: scheme, host: other + host.dropFirst(label.count), port: port)
    }
}
