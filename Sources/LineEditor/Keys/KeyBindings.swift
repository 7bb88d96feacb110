/// What `bind` may say: the functions a key can call, and the keys that call one from the start.
public enum KeyBindings {
    public struct Function: Equatable, Sendable {
        public let name: String
        public let meaning: String
    }

    public struct Bound: Equatable, Sendable {
        /// In libedit's notation, which `bind` reads back: `^T`, `\e[A`.
        public let key: String
        public let function: String
    }

    /// The keys bound in emacs mode; in vi mode those without ESC, and the arrow keys.
    public static let standard: [Bound] =
        (Binding.vital + Binding.inBothModes + Binding.inEmacsMode).map {
            Bound(key: KeyNotation.notation($0.0), function: $0.1)
        }
        + TerminalKey.all.flatMap { key in
            key.sequences.prefix(1).map { Bound(key: KeyNotation.notation($0), function: key.command) }
        }

    /// Why this key cannot be bound; nil when it can.
    public static func mistake(inKey key: String) -> String? {
        let scalars = Array(key.unicodeScalars)
        guard let first = scalars.first else { return "a key must be named" }
        guard scalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            return "a key is written as ^T or \\et, not typed"
        }
        if first == "-" { return "a key does not begin with '-'" }
        if let typed = KeyNotation.scalars(of: key).first, typed.value >= 0x20, typed.value != 0x7F {
            return "this would make '\(typed)' impossible to type; a backslash needs quotes: '\\et'"
        }
        if Binding.vital.contains(where: { KeyNotation.notation($0.0) == key.uppercased() }) {
            return "\(key) cannot be rebound: the shell needs it"
        }
        return nil
    }
}
