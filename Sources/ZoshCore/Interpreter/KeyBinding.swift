/// What the line editor can bind, for `bind` and its completion.
public protocol KeyBinding: Sendable {
    /// Every function a key can call.
    var functions: [(name: String, meaning: String)] { get }
    /// The keys that call one from the start.
    var standard: [(key: String, function: String)] { get }
    /// Why this key cannot be bound; nil when it can.
    func mistake(inKey key: String) -> String?
}
