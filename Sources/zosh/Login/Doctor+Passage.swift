import ZohoClient
import ZoshKit

/// What stands between here and Zoho by this process's own settings: proxies, and authorities beside the system's.
extension Doctor {
    /// One row for each that is set; none where everything goes the plain way.
    func passage(to centre: DataCentre) -> [Row] {
        var rows: [Row] = []
        do {
            let accounts = try way.proxy(for: centre.accounts)
            let api = try way.proxy(for: centre.api)
            if let accounts {
                rows.append(
                    row(
                        "proxy", "ok",
                        accounts == api ? "requests go through \(accounts)" : "logins go through \(accounts)"))
            }
            if let api, api != accounts { rows.append(row("proxy", "ok", "requests go through \(api); logins do not")) }
        } catch { rows.append(failed("proxy", error)) }
        do {
            let named = try way.authorities()
            if !named.isEmpty {
                rows.append(row("certificates", "ok", "authorities of \(named.joined(separator: " and "))"))
            }
        } catch { rows.append(failed("certificates", error)) }
        return rows
    }
}
