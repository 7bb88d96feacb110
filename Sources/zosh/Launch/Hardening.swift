import Vault

/// What a process that will hold secrets does before it reads the first one.
enum Hardening {
    static func apply() {
        // Both can only fail on kernels that know neither; then there is nothing better to do.
        try? ProcessHardening.protectMemory()
    }

    /// Overwrites secrets that came by environment, where `/proc` would still show them to children and peers.
    static func eraseEnvironment() {
        for name in Settings.secretNames { ProcessHardening.eraseEnvironment(name) }
    }
}
