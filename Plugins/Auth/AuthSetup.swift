import ZoshKit
import ZoshTrust

/// The first steps, one after the other: which client to make in which console, what to type there, and what comes
/// next. Ends with the client in the store.
struct AuthSetup: Command {
    let signature = Signature(
        "auth setup", "Make an OAuth client for zosh, step by step, and store it", facts: [.isBesideTheWork],
        effect: .writesLocally
    ) {
        Option("name", .string, default: "default", "What to call the client")
        Option("dc", .dataCentre, "The data centre of your account; asked if left out")
        Option("type", .choice(ClientKind.self), "The client's type; asked if left out")
    }

    let accounts: any AccountService
    let prompt: any SecretPrompt

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let centres = accounts.dataCentres()
        let centre = try await centre(call, centres, shell)
        let kind = try await kind(call, shell)
        let code = centre.string("code") ?? "us"
        shell.console.note(Steps.text(kind, console: centre.string("console") ?? "the API console of '\(code)'"))
        let name: String = try call.require("name")
        if call.write.dryRun || shell.session.dryRun {
            return try await saveClient(
                ClientDraft(name: name, id: "", secret: Secret(copying: ""), kind: kind, dataCentre: code), call, shell)
        }
        let (id, secret) = try await ClientTyping.ask(
            kind, shell.console, prompt, attempts: shell.session.interactive ? 3 : 1)
        return try await saveClient(
            ClientDraft(name: name, id: id, secret: secret, kind: kind, dataCentre: code), call, shell)
    }

    private func centre(_ call: Call, _ centres: [Row], _ shell: ShellContext) async throws -> Row {
        func found(_ wanted: String) -> Row? {
            let own = wanted.lowercased().filter { !$0.isWhitespace }
            let known = DataCentre.named(wanted)?.code ?? own
            return centres.first { $0.string("code") == own } ?? centres.first { $0.string("code") == known }
        }
        let codes = centres.compactMap { $0.string("code") }.joined(separator: ", ")
        if let wanted: String = try call["dc"] {
            guard let centre = found(wanted) else {
                throw ZoshError(
                    .usage, "there is no data centre '\(wanted.neutralised)'", at: call.span,
                    remedy: "use one of \(codes)")
            }
            return centre
        }
        let lines = centres.map { centre in
            let code = centre.string("code") ?? ""
            return "  \(code)\(String(repeating: " ", count: max(2, 6 - code.count)))\(centre.string("accounts") ?? "")"
        }
        shell.console.note(
            "Which data centre is your account in? The address you sign in at shows it:\n"
                + lines.joined(separator: "\n"))
        return try await answer("Data centre: ", shell, otherwise: "use one of \(codes)", found)
    }

    /// Asks until the answer is one, a few times: a slip of the finger must not cost the steps done so far.
    private func answer<T>(_ prompt: String, _ shell: ShellContext, otherwise help: String, _ meaning: (String) -> T?)
        async throws -> T
    {
        var attempt = 0
        while true {
            attempt += 1
            let text = try await shell.console.ask(prompt).filter { !$0.isWhitespace }.lowercased()
            if let answer = meaning(text) { return answer }
            guard attempt < 3 else {
                throw ZoshError(.usage, "'\(text.neutralised)' is not a valid answer", remedy: help)
            }
            shell.console.note(help.prefix(1).uppercased() + help.dropFirst())
        }
    }

    private func kind(_ call: Call, _ shell: ShellContext) async throws -> ClientKind {
        if let kind: ClientKind = try call["type"] { return kind }
        shell.console.note(
            """
            How will you sign in?
              1  with a browser on this machine           (\(ClientKind.server.consoleName))
              2  with a code typed into any browser       (\(ClientKind.device.consoleName)): fits servers and ssh
              3  with a code from the console, no browser (\(ClientKind.selfClient.consoleName)): \
            fits one organisation of your own
            """)
        return try await answer("1, 2 or 3: ", shell, otherwise: "type 1, 2 or 3") { text in
            switch text {
            case "1", "server": ClientKind.server
            case "2", "device": .device
            case "3", "self-client": .selfClient
            default: nil
            }
        }
    }

    /// What to do in the console, for each type.
    private enum Steps {
        static func text(_ kind: ClientKind, console: String) -> String {
            var steps = ["Open \(console) and sign in."]
            switch kind {
            case .server, .mobile:
                steps += [
                    "Choose Add Client, then \(kind.consoleName).",
                    "Client Name: zosh. Homepage URL: any address of yours.",
                    "Authorized Redirect URIs: \(RedirectURI.standard) (another port or path works when "
                        + "ZOHO_REDIRECT_URI says the same).",
                ]
            case .device:
                steps += [
                    "Choose Add Client, then \(kind.consoleName).", "Client Name: zosh. There is no redirect address.",
                ]
            case .selfClient:
                steps += [
                    "Choose Add Client, then \(kind.consoleName), and confirm.",
                    "Each login will need a code from its Generate Code tab.",
                ]
            }
            if kind != .selfClient {
                steps.append("To let users of other data centres sign in, switch on Settings, Multi-DC for the client.")
            }
            steps.append("Copy the Client ID and the Client Secret from its Client Secret tab.")
            return steps.enumerated().map { "  \($0.offset + 1)  \($0.element)" }.joined(separator: "\n")
        }
    }
}
