/// A user and password from an `Authorization: Basic` header (RFC 7617).
struct BasicCredentials: Sendable {
    let user: String
    let password: String

    init?(_ header: String) {
        guard header.lowercased().hasPrefix("basic ") else { return nil }
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var bytes: [UInt8] = []
        var pending = 0
        var bits = 0
        for byte in header.dropFirst(6).utf8 where byte != UInt8(ascii: "=") && byte != UInt8(ascii: " ") {
            guard let value = alphabet.firstIndex(of: byte) else { return nil }
            pending = pending << 6 | value
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(pending >> bits & 255))
            }
        }
        let halves = String(decoding: bytes, as: UTF8.self).split(
            separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2 else { return nil }
        user = String(halves[0])
        password = String(halves[1])
    }
}
