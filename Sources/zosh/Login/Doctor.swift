import Glibc
import LineEditor
import Vault
import ZohoClient
import ZoshCore
import ZoshGate
import ZoshKit
import ZoshTrust

/// Looks for what keeps a login from working, and says what to do about each thing.
struct Doctor: Sendable {
    let storeSession: StoreSession
    let jobs: JobHistory
    let credits: CallLedger
    let table: DataCentreTable
    let settings: Settings
    let oauth: OAuthClient
    let clock: any ClientClock
    let transport: HTTPTransport
    let interactive: Bool
    /// Proxies and authorities.
    let way: NetworkSettings

    /// The login to be examined.
    enum Login: Sendable {
        case grant(Grant, TokenSource)
        /// None is chosen; these are stored.
        case none(stored: [String])
        /// It cannot be known.
        case unknown(any Error)
    }

    /// - Parameter connections: all that are stored; nil where they cannot be read.
    func examine(_ login: Login, among connections: [ConnectionSummary]?) async throws -> [Row] {
        var rows = [terminal, library, await vault()]
        if let timed = await timedJobs(among: connections) { rows.append(timed) }
        if let mistake = settings.fileMistake {
            rows.append(row(".env", "warning", mistake.problem, mistake.remedy ?? ""))
        }
        var grant: Grant?
        if case .grant(let found, _) = login { grant = found }
        let centre =
            try grant.map { DataCentre(code: $0.dataCentreCode, accounts: $0.accounts, api: $0.apiDomain) }
            ?? table.dataCentre(named: settings.dataCentre)
        rows += passage(to: centre)
        let network = await network(centre)
        rows += network
        switch login {
        case .unknown(let error): return rows + [failed("login", error)]
        case .none(let names):
            let problem = names.isEmpty ? NoConnection.notSignedIn : ConnectionSearch.noneChosen(names)
            return rows + [row("login", "warning", problem.problem, problem.remedy ?? "")]
        case .grant(let grant, let tokens):
            let isReachable = network.first?["status"] != "failed"
            let check = LoginCheck(grant: grant, tokens: tokens, transport: transport, clock: clock)
            let found = isReachable ? await check.finding() : .unknown("not tried, since the network failed")
            rows.append(row("login", found.status, found.detail, found.remedy))
            return rows + [home(grant), scopes(grant), await quota(grant)]
        }
    }

    private var terminal: Row {
        guard interactive else { return row("terminal", "ok", "none: no questions will be asked") }
        let name = getenv("TERM").map { String(cString: $0) } ?? ""
        if name.isEmpty || name == "dumb" {
            return row(
                "terminal", "warning", "TERM is '\(name)': no editing, no colour",
                "set TERM, for example xterm-256color")
        }
        guard let codeset = nl_langinfo(nl_item(CODESET)), String(cString: codeset) == "UTF-8" else {
            return row(
                "terminal", "warning", "\(name), but the locale is not UTF-8: names are shown with replacements",
                "set LC_ALL=C.UTF-8")
        }
        return row("terminal", "ok", "\(name), UTF-8")
    }

    private var library: Row { row("libedit", "ok", Editor.libraryVersion) }

    private func vault() async -> Row {
        do {
            guard let status = try await storeSession.store.status() else {
                return row("vault", "warning", "there is no store yet", "auth login")
            }
            return row(
                "vault", status.isUnlocked ? "ok" : "warning",
                "\(status.isUnlocked ? "open" : "locked"), \(status.byteCount) bytes at \(status.path)",
                status.isUnlocked ? "" : "vault unlock")
        } catch { return failed("vault", error) }
    }

    private func network(_ centre: DataCentre) async -> [Row] {
        do {
            let answer = try await ServerCheck(oauth: oauth).ask(centre)
            var rows = [row("network", "ok", "\(centre.accounts) answers in \(answer.milliseconds) ms")]
            if let skew = answer.skew {
                rows.append(
                    skew.isHarmless
                        ? row(
                            "clock", "ok",
                            skew.ahead == 0 ? "in sync with Zoho's" : "in sync with Zoho's within \(abs(skew.ahead)) s")
                        : row(
                            "clock", "failed",
                            "\(skew.description): tokens will seem to expire \(skew.ahead > 0 ? "early" : "late")",
                            "set this machine's clock, for example with systemd-timesyncd"))
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
        guard table.dataCentre(ofAccounts: grant.accounts) != nil, table.dataCentre(ofAPIDomain: grant.apiDomain) != nil
        else {
            return row(
                "data centre", "warning",
                "\(grant.accounts) and \(grant.apiDomain) are sealed with '\(grant.name)' and no longer configured",
                "no action needed until you sign in again; then add them to the file data-centres")
        }
        return row("data centre", "ok", "\(grant.dataCentreCode), \(grant.environment.rawValue)")
    }

    private func scopes(_ grant: Grant) -> Row {
        guard let granted = grant.scopes else {
            let asked = grant.asked.isEmpty ? "" : "; asked for: \(grant.asked.map(\.name).joined(separator: ", "))"
            return row("scopes", "ok", "unknown: Zoho did not say what it granted and decides each time\(asked)")
        }
        let missing = granted.missing(from: ScopePreset.readOnly.scopes)
        guard !missing.isEmpty else { return row("scopes", "ok", "\(granted.count) granted, reading covered") }
        let names = missing.map(\.name)
        return row(
            "scopes", "warning", "'\(grant.name)' lacks \(names.joined(separator: ", "))",
            "auth extend \(names.joined(separator: " "))")
    }

    private func quota(_ grant: Grant) async -> Row {
        let made = TokenBudget.recent(grant.creations, at: clock.now).count
        let use = await credits.use(of: grant.id)
        let left = use.remaining.map { ", \($0) credit\($0 == 1 ? "" : "s") left today" } ?? ""
        let text =
            "\(made) of \(TokenBudget.creations) access tokens in ten minutes, "
            + "\(use.total) call\(use.total == 1 ? "" : "s") in 24 hours\(left)"
        return row(
            "quota", made < TokenBudget.creations ? "ok" : "warning", text,
            made < TokenBudget.creations ? "" : "wait up to ten minutes; the login is not lost")
    }

    func failed(_ check: String, _ error: any Error) -> Row {
        let error = (error as? VaultError).map(ZoshError.init) ?? error as? ZoshError
        return row(check, "failed", error?.problem ?? "it cannot be read", error?.remedy ?? "vault verify")
    }

    func row(_ check: String, _ status: String, _ detail: String, _ remedy: String = "") -> Row {
        ["check": .string(check), "status": .string(status), "detail": .string(detail), "remedy": .string(remedy)]
    }
}
