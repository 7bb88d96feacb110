public import ZoshKit

/// Signing in and out, and the sealed store that keeps what a login gives.
public struct AuthModule: ShellModule {
    public let name = "auth"
    public let summary = "Login, its state, and the sealed store"
    public let trust: Set<Trust> = [.accounts, .vault]

    public init() {}

    public var commands: [any Command] {
        [
            AuthSetup(), AuthClientsList(), AuthClientsAdd(), AuthClientsRemove(), AuthLogin(), AuthStatus(),
            AuthRefresh(), AuthExtend(),
            AuthLogout(), AuthInspect(), DoctorCommand(), APICredits(),
        ] + vault
    }

    private var vault: [any Command] {
        [
            VaultStatus(), VaultUnlock(), VaultLock(), VaultPassphrase(), VaultSlotsList(), VaultSlotsAdd(),
            VaultSlotsRemove(),
            VaultRekey(), VaultVerify(), VaultExport(), VaultImport(), VaultKeygen(), VaultDestroy(),
        ]
    }
}
