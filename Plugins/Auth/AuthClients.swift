import ZoshKit
import ZoshTrust

struct AuthClientsList: Command {
    let signature = Signature(
        "auth clients list", "List the OAuth clients in the store", facts: [.isBesideTheWork], effect: .local)
    let examples = [Example("auth clients list", "names, types, data centres; no secret")]

    let accounts: any AccountService

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        RowStream(Columns(["name", "type", "dc", "client_id"]), rows: try await accounts.clients())
    }
}

/// Stores a client under a name. Id and secret are asked for (or read from standard input, one to a line), never given
/// as arguments, which every user of the machine can read.
struct AuthClientsAdd: Command {
    let signature = Signature(
        "auth clients add", "Store an OAuth client; asks for its id and secret", facts: [.isBesideTheWork],
        effect: .writesLocally
    ) {
        Argument("name", .string, "What to call it")
        Option(
            "type", .choice(ClientKind.self), default: ClientKind.server.rawValue,
            "Its type in the API console: server (Server-based), self-client, device (Non-browser), mobile")
        Option("dc", .dataCentre, "Data centre its logins start at; any if left out")
    }

    let prompt: any SecretPrompt

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let name: String = try call.require("name")
        let kind: ClientKind = try call.require("type")
        let centre: String? = try call["dc"]
        guard !(call.write.dryRun || shell.session.dryRun) else {
            return try await saveClient(
                ClientDraft(name: name, id: "", secret: Secret(copying: ""), kind: kind, dataCentre: centre), call,
                shell)
        }
        let (id, secret) = try await ClientTyping.ask(
            kind, shell.console, prompt, attempts: shell.session.interactive ? 3 : 1)
        return try await saveClient(
            ClientDraft(name: name, id: id, secret: secret, kind: kind, dataCentre: centre), call, shell)
    }
}

struct AuthClientsRemove: Command {
    let signature = Signature(
        "auth clients remove", "Remove a stored client; connections made with it keep working",
        facts: [.isBesideTheWork],
        effect: .writesLocally
    ) {
        Argument("name", .string, "Its name")
    }

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let name: String = try call.require("name")
        let change = LocalChange(
            .client(name: name), action: "forget", operation: .forgetClient(name: name),
            blast: .ordinary)
        return try await shell.changes.apply([change], for: call)
    }
}

func saveClient(_ draft: ClientDraft, _ call: Call, _ shell: ShellContext) async throws -> RowStream {
    guard !draft.name.isEmpty, draft.name.allSatisfy({ $0.isLetter || $0.isNumber || "-_.".contains($0) }) else {
        throw ZoshError(
            .usage, "'\(draft.name.neutralised)' is not a valid client name", at: call.span(of: "name"),
            remedy: "use letters, digits, - _ and .")
    }
    let change = LocalChange(
        .client(name: draft.name), action: "store", operation: .saveClient(draft),
        shown: ["type": .string(draft.kind.rawValue), "dc": Value(draft.dataCentre)],
        blast: .harmless)
    return try await shell.changes.apply([change], for: call)
}
