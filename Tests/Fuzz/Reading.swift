import Access
import Auth
import Connections
import Glibc
import Orgs
import SignedOut
import Users
import ZoshKit

@testable import ZoshCore

/// Everything that reads what a person types, given one text: lexer, parser, planner with binder, renderer of errors,
/// completer. Whatever the text is, reading it ends, stays inside it, and does a bounded amount of work for each
/// scalar.
struct Reading {
    private let registry: CommandRegistry
    private let completer: Completer
    /// Monday 2026-06-15 12:00:00 UTC, whenever this runs.
    private let dates = DateReader(now: { 1_781_524_800 })

    init() throws {
        let modules: [any ShellModule] = [
            UsersModule(), AuthModule(accounts: NoAccounts(), vault: NoVault(), prompt: NoPrompt()),
            ConnectionsModule(accounts: NoAccounts()), OrgsModule(), AccessModule(),
        ]
        registry = try CommandRegistry([CoreModule(version: "1")] + modules)
        let people = [
            Person(
                id: "1", name: "Ada Lovelace", email: "ada@example.com", role: "CEO", profile: "Administrator",
                status: "active"),
            Person(
                id: "2", name: "Zoë \u{1B}[2J", email: "o'neill $x@example.com", role: "Sales", profile: "Standard",
                status: "disabled"),
        ]
        let snapshot = DirectorySnapshot(people: people, roles: [NamedID(id: "3", name: "Sales EU")], fetchedAt: 1)
        completer = Completer(
            registry,
            CompletionSurroundings(
                directory: PublishedDirectory(snapshot), variables: ["x": ["id", "email"], "last": []],
                files: { _ in [ListedFile(name: "my file.csv", isFolder: false)] }))
    }

    /// - Returns: what is wrong, nil when nothing is.
    func offence(in text: String) -> String? {
        let length = text.unicodeScalars.count
        let lexed = Lexer.lex(text)
        // Each scalar is looked at a few times at most, whatever stands around it.
        guard lexed.scanned <= 6 * length + 16 else { return "\(lexed.scanned) looks at \(length) scalars" }
        var end = 0
        for token in lexed.tokens {
            guard token.span.lower >= end, token.span.upper <= length else { return "a token lies at \(token.span)" }
            end = token.span.upper
        }
        let program = Syntax.parse(text)
        // What is tried with a text depends on the text alone, so that a finding can be repeated; trying everything
        // with each would cost more than it finds.
        let choice = text.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF }
        let isPrompt = choice & 1 == 0
        var planner = Planner(
            registry, text: text, aliases: ["a": "users list | first 1", "b": "a | b"], variables: ["x"], dates: dates,
            prefixes: isPrompt, allowsPrograms: isPrompt)
        for error in planner.plan(program, allowsParameters: !isPrompt).errors {
            guard let span = error.span, 0 <= span.lower, span.lower <= span.upper, span.upper <= length else {
                return "'\(error.problem)' lies at \(String(describing: error.span)) of \(length)"
            }
            guard !error.problem.isEmpty else { return "an error says nothing" }
            guard choice & 6 == 0 else { continue }
            let lines = ErrorRenderer().lines(error, in: SourceText(text))
            guard lines.allSatisfy({ !$0.unicodeScalars.contains(where: \.isHostileToTerminals) }) else {
                return "an error would steer the terminal: \(lines)"
            }
        }
        let cursor = choice & 8 == 0 ? length : choice % (length + 1)
        return offenceOfCompleter(in: text, cursor)
    }

    private func offenceOfCompleter(in text: String, _ cursor: Int) -> String? {
        let answer = completer.answer(text, cursor: cursor)
        guard 0 <= answer.range.lower, answer.range.lower <= answer.range.upper, answer.range.upper <= cursor else {
            return "a completion replaces \(answer.range) at \(cursor)"
        }
        let quoted = Syntax.quoted(text)
        guard case .word(let word)? = Lexer.lex(quoted).tokens.first?.kind, word.literal == text else {
            return "quoted as \(quoted) it reads back as another text"
        }
        return nil
    }
}
