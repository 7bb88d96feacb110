import Glibc
import LineEditor
import Vault
import ZohoClient
import ZoshKit

/// Looks for what keeps a login from working, and says what to do about each thing.
struct Doctor: Sendable {
    let keeper: StoreKeeper
    let credits: CreditBook
    let table: DataCentreTable
    let settings: Settings
    let oauth: OAuthClient
    let clock: any ClientClock
    let interactive: Bool
    /// Proxies and authorities.
    let way: NetworkSettings

    /// - Parameter current: the current connection's grant, nil when there is none, or why that cannot be known.
    func examine(_ current: Result<Grant?, any Error>) async throws -> [Row] {
        let grant = try? current.get()
        var rows = [terminal, library, await vault()]
        let centre = try grant.map { DataCentre(code: $0.dataCentreCode, accounts: $0.accounts, api: $0.apiDomain) }
            ?? table.dataCentre(named: settings.dataCentre)
        rows += passage(to: centre)
        rows += await network(centre)
        guard let grant else {
            if case .failure(let error) = current { return rows + [failed("login", error)] }
            return rows + [row("login", "warning", "there is no current connection", "auth login, or use NAME")]
        }
        return rows + [home(grant), scopes(grant), await quota(grant)]
    }

    private var terminal: Row {
        guard interactive else { return row("terminal", "ok", "none: nobody will be asked anything") }
        let name = getenv("TERM").map { String(cString: $0) } ?? ""
        if name.isEmpty || name == "dumb" { return row("terminal", "warning", "TERM is '\(name)': no editing, no colour", "set TERM, for example xterm-256color") }
        guard let codeset = nl_langinfo(nl_item(CODESET)), String(cString: codeset) == "UTF-8" else {
            return row("terminal", "warning", "\(name), but the locale is no UTF-8 one: names are shown with replacements", "set LC_ALL=C.UTF-8")
        }
        return row("terminal", "ok", "\(name), UTF-8")
    }

    private var library: Row { row("libedit", "ok", Editor.libraryVersion) }

    private func vault() async -> Row {
        do {
            guard let status = try await keeper.store.status() else { return row("vault", "warning", "there is none yet", "auth login makes it") }
            return row("vault", status.isUnlocked ? "ok" : "warning", "\(status.isUnlocked ? "open" : "locked"), \(status.byteCount) bytes at \(status.path)", status.isUnlocked ? "" : "vault unlock")
        } catch { return failed("vault", error) }
    }

    private func network(_ centre: DataCentre) async -> [Row] {
        do {
            let answer = try await ServerCheck(oauth: oauth).ask(centre)
            var rows = [row("network", "ok", "\(centre.accounts) answers in \(answer.milliseconds) ms")]
            if let skew = answer.skew {
                rows.append(
                    skew.isHarmless ? row("clock", "ok", "within \(abs(skew.ahead)) s of Zoho's")
                        : row("clock", "failed", "\(skew.description): tokens seem to live too \(skew.ahead > 0 ? "short" : "long")", "set this machine's clock, for example with systemd-timesyncd"))
            } else {
                rows.append(row("clock", "warning", "the server did not say what time it is"))
            }
            return rows
        } catch {
            let error = error as? ZoshError
            return [row("network", "failed", error?.problem ?? "no answer", error?.remedy ?? "check the network")]
        }
    }

    private func home(_ grant: Grant) -> Row {
        guard table.dataCentre(ofAccounts: grant.accounts) != nil, table.dataCentre(ofAPIDomain: grant.apiDomain) != nil else {
            return row("data centre", "warning", "\(grant.accounts) and \(grant.apiDomain) are sealed with '\(grant.name)' and no longer configured", "nothing, while they work; a new login needs them in data-centres")
        }
        return row("data centre", "ok", "\(grant.dataCentreCode), \(grant.environment.rawValue)")
    }

    private func scopes(_ grant: Grant) -> Row {
        let missing = grant.scopes.missing(from: ScopePreset.readOnly.scopes)
        if grant.scopes.isEmpty { return row("scopes", "warning", "Zoho did not say what '\(grant.name)' may do", "auth login again, with scopes=admin") }
        guard !missing.isEmpty else { return row("scopes", "ok", "\(grant.scopes.count) granted, reading covered") }
        let names = missing.map(\.name)
        return row("scopes", "warning", "'\(grant.name)' lacks \(names.joined(separator: ", "))", "auth extend \(names.joined(separator: " "))")
    }

    private func quota(_ grant: Grant) async -> Row {
        let made = TokenBudget.recent(grant.creations, at: clock.now).count
        let use = await credits.use(of: grant.id)
        let left = use.remaining.map { ", \($0) credits left of Zoho's day" } ?? ""
        let text = "\(made) of \(TokenBudget.creations) access tokens in ten minutes, \(use.total) calls in 24 hours\(left)"
        return row("quota", made < TokenBudget.creations ? "ok" : "warning", text, made < TokenBudget.creations ? "" : "wait up to ten minutes; the login is not lost")
    }

    func failed(_ check: String, _ error: any Error) -> Row {
        let error = (error as? VaultError).map(ZoshError.init) ?? error as? ZoshError
        return row(check, "failed", error?.problem ?? "it cannot be read", error?.remedy ?? "vault verify")
    }

    func row(_ check: String, _ status: String, _ detail: String, _ remedy: String = "") -> Row {
        ["check": .string(check), "status": .string(status), "detail": .string(detail), "remedy": .string(remedy)]
    }
}
