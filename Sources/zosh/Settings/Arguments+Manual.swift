import ArgumentParser
import ZoshCore

extension Arguments {
    /// What man pages and completion scripts say of the program, as its own help says it.
    static var manual: ProgramManual {
        ProgramManual(
            version: ZoshVersion.number, summary: "administer Zoho CRM from a terminal", usage: usage,
            options: options(inHelp: help(columns: 1_000)), variables: variables, files: files)
    }

    private static let usage: [ProgramManual.Entry] = [
        .init("zosh", "open the shell"),
        .init("zosh [options] COMMAND …", "run one command, its words as the calling shell split them"),
        .init("zosh [options] -c 'LINE'", "run a line"),
        .init("zosh [options] -f FILE [name=value …]", "run a script; zosh FILE.zosh does the same"),
        .init("zosh [options] < FILE", "run a script line by line"),
    ]

    static let variables: [ProgramManual.Entry] = [
        .init("ZOHO_CLIENT_ID", "the OAuth client of a new login"),
        .init("ZOHO_CLIENT_SECRET", "its secret"),
        .init("ZOHO_DC", "where a new login goes: com, eu, in, com.au, jp … or us, au, ca, sa, cn"),
        .init("ZOHO_REDIRECT_URI", "the redirect URI of a server-based client"),
        .init("ZOSH_HOME", "moves every file zosh owns (else the XDG directories)"),
        .init("ZOSH_KEY_FILE", "a 0600 key file that creates and opens the store"),
        .init("ZOSH_KEY_COMMAND", "a program that prints the store's passphrase"),
        .init(
            "CREDENTIALS_DIRECTORY",
            "set by systemd for a service; its zosh-key is the key file where ZOSH_KEY_FILE is not set"),
        .init("ZOSH_CONNECTION", "the connection to work on"),
        .init("HTTPS_PROXY", "a company's proxy, as curl reads it (also ALL_PROXY)"),
        .init("NO_PROXY", "hosts that are reached without it"),
        .init("SSL_CERT_FILE", "authorities to trust beside the system's (also SSL_CERT_DIR)"),
        .init("ZOSH_ACCOUNTS_URL", "with ZOSH_API_URL: a data centre of your own, for new logins"),
        .init("NO_COLOR", "no colour"),
        .init("ZOSH_PAGER", "shows long results; else PAGER, else less"),
    ]

    private static let files: [ProgramManual.Entry] = [
        .init("~/.local/share/zosh", "the sealed store: grants, history, jobs (XDG_DATA_HOME)"),
        .init("~/.config/zosh/init.zosh", "lines that every shell begins with (XDG_CONFIG_HOME)"),
        .init("~/.config/zosh/data-centres", "data centres of your own, a line 'code accounts api' each"),
        .init("~/.editrc", "keys; lines that begin with 'zosh:' hold for zosh"),
        .init("./.env", "the four ZOHO variables, where the environment does not have them"),
    ]

    /// The options as `--help` lists them, one to a line: a new one needs no second list.
    static func options(inHelp help: String) -> [ProgramManual.OuterOption] {
        help.split(separator: "\n").compactMap { line in
            guard let match = line.wholeMatch(of: #/ {2}(-[^ <]+(?:, -[^ <]+)*)(?: <([^>]+)>)? {2,}(.+)/#) else {
                return nil
            }
            var meaning = String(match.3)
            var choices: [String] = []
            if let listed = meaning.firstMatch(of: #/ \(values: ([^)]+)\)$/#) {
                choices = listed.1.split(separator: ", ").map(String.init)
                meaning.removeSubrange(listed.range)
            }
            return ProgramManual.OuterOption(
                names: match.1.split(separator: ", ").map(String.init), value: match.2.map(String.init),
                choices: choices, meaning: meaning)
        }
    }
}
