public import ZoshKit
public import ZoshTrust

/// Signing in and out, and the sealed store of what a login returns.
public struct AuthModule: ShellModule {
    public let name = "auth"
    public let summary = "Login, its state, and the sealed store"

    private let accounts: any AccountService
    private let vault: any VaultControl
    private let prompt: any SecretPrompt

    public init(accounts: any AccountService, vault: any VaultControl, prompt: any SecretPrompt) {
        self.accounts = accounts
        self.vault = vault
        self.prompt = prompt
    }

    public var commands: [any Command] {
        [
            AuthSetup(accounts: accounts, prompt: prompt), AuthClientsList(accounts: accounts),
            AuthClientsAdd(prompt: prompt), AuthClientsRemove(), AuthLogin(accounts: accounts),
            AuthStatus(accounts: accounts), AuthRefresh(accounts: accounts), AuthExtend(accounts: accounts),
            AuthLogout(accounts: accounts), AuthInspect(accounts: accounts, prompt: prompt),
            DoctorCommand(accounts: accounts),
            APICredits(accounts: accounts),
        ] + commandsOfStore
    }

    private var commandsOfStore: [any Command] {
        [
            VaultStatus(vault: vault), VaultUnlock(vault: vault), VaultLock(vault: vault), VaultPassphrase(),
            VaultSlotsList(vault: vault), VaultSlotsAdd(), VaultSlotsRemove(), VaultRekey(), VaultVerify(vault: vault),
            VaultExport(vault: vault), VaultImport(), VaultKeygen(vault: vault), VaultDestroy(vault: vault),
        ]
    }
}
