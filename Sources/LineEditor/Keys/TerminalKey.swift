/// The keys terminals send as sequences, and what they do.
///
/// In emacs mode the sequences are bound. In vi mode a bound sequence would make libedit wait after every ESC, so
/// the read hook recognises them and hands libedit one private key instead.
struct TerminalKey: Sendable {
    let sequences: [String]
    let command: String
    /// From the C1 controls, like `PrivateKey`'s.
    let privateKey: Unicode.Scalar

    private init(_ privateKey: UInt8, _ command: String, _ sequences: [String]) {
        self.privateKey = Unicode.Scalar(privateKey)
        self.command = command
        self.sequences = sequences.map { "\u{1B}" + $0 }
    }

    static let all = [
        TerminalKey(0x90, "zosh-up", ["[A", "OA"]),
        TerminalKey(0x91, "zosh-down", ["[B", "OB"]),
        TerminalKey(0x92, "zosh-forward", ["[C", "OC"]),
        TerminalKey(0x93, "zosh-backward", ["[D", "OD"]),
        TerminalKey(0x94, "ed-move-to-beg", ["[H", "OH", "[1~", "[7~"]),
        TerminalKey(0x95, "zosh-to-end", ["[F", "OF", "[4~", "[8~"]),
        TerminalKey(0x96, "zosh-erase-forward", ["[3~"]),
        TerminalKey(0x97, "zosh-forward-word", ["[1;3C", "[1;5C"]),
        TerminalKey(0x98, "ed-prev-word", ["[1;3D", "[1;5D"]),
        TerminalKey(0x99, "zosh-newline", ["[13;3u", "[27;3;13~"]),
    ]

    private static let bySequence: [String: Unicode.Scalar] = Dictionary(
        all.flatMap { key in key.sequences.map { ($0, key.privateKey) } }, uniquingKeysWith: { first, _ in first })

    /// The private key for a whole sequence, ESC included.
    static func key(for sequence: [Unicode.Scalar]) -> Unicode.Scalar? {
        bySequence[String(String.UnicodeScalarView(sequence))]
    }
}
