import ZoshKit

/// Values that are the same in every run: SplitMix64.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func flag() -> Bool { .random(using: &self) }

    mutating func one<T>(of all: [T]) -> T { all[Int.random(in: all.indices, using: &self)] }

    mutating func some<T>(_ make: (inout Dice) -> T) -> T? { flag() ? make(&self) : nil }

    mutating func few<T>(_ make: (inout Dice) -> T) -> [T] {
        (0..<Int.random(in: 0...3, using: &self)).map { _ in make(&self) }
    }

    /// Text with what JSON must escape, what terminals obey, and what is no single character.
    mutating func text() -> String {
        let parts = [
            "", "a", "users list", "\"", "\\", "\n", "\r\n", "\u{0}", "\u{1B}[2J", "\u{7F}", "\u{2028}", "é",
            "e\u{301}", "👩‍👧",
            "\u{FEFF}", "\u{10FFFF}", "null", "1", ".", "/",
        ]
        return few { $0.one(of: parts) }.joined()
    }

    mutating func value(depth: Int = 0) -> Value {
        switch Int.random(in: 0...(depth > 3 ? 4 : 6), using: &self) {
        case 0: .null
        case 1: .bool(flag())
        case 2: .integer(one(of: [0, -1, 7, .max, .min, 9_007_199_254_740_993]))
        case 3: .decimal(one(of: ["1.50", "-0.0", "1e9", "0.1E-7", "9223372036854775808"]))
        case 4: .string(text())
        case 5: .list(few { $0.value(depth: depth + 1) })
        default: .row(row(depth: depth + 1))
        }
    }

    mutating func row(depth: Int = 0) -> Row {
        Row(few { dice in (dice.text(), dice.value(depth: depth)) })
    }

    mutating func texts() -> [String: String] {
        Dictionary(few { dice in (dice.text(), dice.text()) }) { $1 }
    }
}
