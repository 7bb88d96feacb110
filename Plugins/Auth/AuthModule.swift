public import ZoshKit

/// Signing in and out, and the sealed store that keeps what a login gives.
public struct AuthModule: ShellModule {
    public let name = "auth"
    public let summary = "Login, its state, and the sealed store"
    public let trust: Set<Trust> = [.accounts, .vault]

    public init() {}

    public var commands: [any Command] {
        [AuthLogin(), AuthStatus(), AuthRefresh(), AuthLogout(), VaultStatus(), VaultUnlock(), VaultLock(), VaultKeygen()]
    }
}
