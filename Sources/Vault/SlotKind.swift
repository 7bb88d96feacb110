/// What opens a key slot.
///
/// The raw value is stored and authenticated: part of the format.
public enum SlotKind: String, Sendable, CaseIterable {
    case passphrase
    case keyFile = "key-file"
    /// A passphrase that a program prints.
    case command

    /// As a person would say it.
    public var label: String {
        switch self {
        case .passphrase: "passphrase"
        case .keyFile: "key file"
        case .command: "key command"
        }
    }

    /// Whether the key is stretched with scrypt, because it may be guessable.
    var isStretched: Bool { self != .keyFile }
}
