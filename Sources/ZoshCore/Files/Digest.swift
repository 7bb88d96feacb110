/// FNV-1a, 128 bits: tells texts apart that are not alike by chance. Nothing is trusted because of it.
struct Digest {
    private var state: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d

    static func of(_ text: String) -> String {
        var digest = Digest()
        digest.add(text.utf8)
        return digest.text
    }

    mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { state = (state ^ UInt128(byte)) &* 0x0100_0000_0000_0000_0000_013b }
    }

    var text: String { String(state, radix: 16) }
}
