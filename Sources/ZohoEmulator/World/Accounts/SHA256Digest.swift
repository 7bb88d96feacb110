/// The hash that PKCE's S256 method needs (FIPS 180-4), kept here so that the emulator does not
/// depend on a cryptography library for one check.
enum SHA256Digest {
    private static let constants: [UInt32] = {
        var found: [UInt32] = []
        var candidate = 2
        while found.count < 64 {
            if !(2..<candidate).contains(where: { candidate % $0 == 0 }) {
                found.append(fractionOfCubeRoot(candidate))
            }
            candidate += 1
        }
        return found
    }()

    /// The first 32 bits of the fractional part of a cube root, by bisection over integers.
    private static func fractionOfCubeRoot(_ number: Int) -> UInt32 {
        var low: UInt64 = 0
        var high: UInt64 = 8 << 32
        let goal = Double(number)
        while high - low > 1 {
            let middle = (low + high) / 2
            let root = Double(middle) / 4_294_967_296
            if root * root * root <= goal { low = middle } else { high = middle }
        }
        return UInt32(truncatingIfNeeded: low)
    }

    static func digest(_ message: [UInt8]) -> [UInt8] {
        var state: [UInt32] = [
            0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19,
        ]
        var padded = message + [0x80]
        while padded.count % 64 != 56 { padded.append(0) }
        let bits = UInt64(message.count) * 8
        for shift in stride(from: 56, through: 0, by: -8) {
            padded.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
        }
        for start in stride(from: 0, to: padded.count, by: 64) {
            compress(padded[start..<(start + 64)], into: &state)
        }
        return state.flatMap { word in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) } }
    }

    private static func compress(_ block: ArraySlice<UInt8>, into state: inout [UInt32]) {
        func turn(_ word: UInt32, _ bits: UInt32) -> UInt32 { word >> bits | word << (32 - bits) }
        var words: [UInt32] = []
        for at in stride(from: block.startIndex, to: block.endIndex, by: 4) {
            words.append(block[at..<(at + 4)].reduce(0) { $0 << 8 | UInt32($1) })
        }
        for at in 16..<64 {
            let one = turn(words[at - 15], 7) ^ turn(words[at - 15], 18) ^ words[at - 15] >> 3
            let two = turn(words[at - 2], 17) ^ turn(words[at - 2], 19) ^ words[at - 2] >> 10
            words.append(words[at - 16] &+ one &+ words[at - 7] &+ two)
        }
        var work = state
        for at in 0..<64 {
            let mixE = turn(work[4], 6) ^ turn(work[4], 11) ^ turn(work[4], 25)
            let choice = work[4] & work[5] ^ ~work[4] & work[6]
            let first = work[7] &+ mixE &+ choice &+ constants[at] &+ words[at]
            let mixA = turn(work[0], 2) ^ turn(work[0], 13) ^ turn(work[0], 22)
            let majority = work[0] & work[1] ^ work[0] & work[2] ^ work[1] & work[2]
            work = [first &+ mixA &+ majority, work[0], work[1], work[2], work[3] &+ first, work[4], work[5], work[6]]
        }
        for at in 0..<8 { state[at] &+= work[at] }
    }

    /// The digest in base64url without padding, as PKCE writes it.
    static func base64URL(_ message: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        var text = ""
        var pending: UInt32 = 0
        var bits: UInt32 = 0
        for byte in digest(message) {
            pending = pending << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(alphabet[Int(pending >> bits & 63)])
            }
        }
        if bits > 0 { text.append(alphabet[Int(pending << (6 - bits) & 63)]) }
        return text
    }
}
