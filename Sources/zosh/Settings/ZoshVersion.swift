/// The version of zosh, and of the shell's language and contract.
enum ZoshVersion {
    static let number = "0.1.0"
    static let text = "zosh \(number)"
}
