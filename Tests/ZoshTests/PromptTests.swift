import LineEditor
import Testing
import ZoshCore
import ZoshKit

@testable import zosh

struct PromptTests {
    private static func content(
        _ name: String = "acme", environment: ZohoEnvironment = .production, readOnly: Bool = false,
        dryRun: Bool = false,
        status: ZoshKit.ExitStatus = .done, tokenEnds: Int64? = nil, prompt: String? = nil, isRecording: Bool = false,
        dueJobs: Int = 0
    ) -> PromptState.Content {
        var content = PromptState.Content()
        content.isRecording = isRecording
        content.dueJobs = dueJobs
        content.isKnown = true
        content.connection = ConnectionSummary(
            name: name, orgName: "Acme GmbH", orgID: "9", dataCentre: "eu", environment: environment,
            email: "me@acme.example", userID: "1",
            apiDomain: "https://www.zohoapis.eu", scopes: [])
        content.settings.readOnly = readOnly
        content.settings.dryRun = dryRun
        content.settings.prompt = prompt.map { PromptTemplate($0) }
        content.status = status
        content.tokenEnds = tokenEnds
        return content
    }

    private static func prompt(
        _ now: PromptState.Content, before: PromptState.Content? = nil, columns: Int = 80, isUTF8: Bool = true
    ) -> Prompt {
        PromptComposer(now: now, before: before ?? now, columns: columns, isUTF8: isUTF8, time: 1000).prompt
    }

    @Test(arguments: [
        (content(), "acme eu# "), (content(readOnly: true), "acme eu read-only> "),
        (content(dryRun: true), "acme eu dry-run> "),
        (content(readOnly: true, dryRun: true), "acme eu read-only> "),
        (content(environment: .sandbox), "acme eu sandbox> "),
        (content(status: .unavailable), "acme eu !5# "), (content(status: .interrupted), "acme eu !130# "),
        (content(tokenEnds: 1000 + 3600), "acme eu# "),
        (content(tokenEnds: 1000 + 241), "acme eu 5m# "), (content(tokenEnds: 900), "acme eu expired# "),
        (content("a-very-long-name-for-a-connection"), "a-very-long-name-for… eu# "),
        (content("\u{1B}[2Jx"), "\\u{1b}[2Jx eu# "),
        (content(prompt: "{org} [{dc}]{marks}{status}{mark} "), "Acme GmbH [eu]# "),
        (content(prompt: "{connection}$ "), "acme$ "),
        (content(isRecording: true), "acme eu recording# "), (content(dueJobs: 2), "acme eu 2 overdue# "),
        (content(dryRun: true, dueJobs: 1), "acme eu dry due> "),
        (content(dryRun: true, isRecording: true), "acme eu dry rec> "),
    ])
    func `the prompt says where we are and what the next line may do`(content: PromptState.Content, text: String) {
        #expect(Self.prompt(content).plainText == text)
    }

    @Test(arguments: [40, 60, 80, 200])
    func `it takes a third of the width at most, and never drops a mark`(columns: Int) {
        for name in ["a", "acme", "a-very-long-name-for-a-connection", "株式会社アクメ東京本社"] {
            for status in [ZoshKit.ExitStatus.done, .interrupted] {
                for (readOnly, dryRun) in [(false, false), (true, false), (false, true)] {
                    for environment in [ZohoEnvironment.production, .sandbox] {
                        let text = Self.prompt(
                            Self.content(
                                name, environment: environment, readOnly: readOnly, dryRun: dryRun, status: status),
                            columns: columns
                        ).plainText
                        #expect(DisplayWidth.of(text) <= max(columns / 3, 18), "\(text)")
                        #expect(!readOnly || text.contains("ro") || text.contains("read-only"))
                        #expect(!dryRun || text.contains("dry"))
                        #expect(status == .done || text.contains("!"))
                        #expect(environment == .production || text.contains("san"))
                    }
                }
            }
        }
    }

    @Test(arguments: [
        (content(), ViState.insert, 80, "[ins] acme eu# "), (content(), .command, 80, "[cmd] acme eu# "),
        (content(), .command, 40, "[c] acme eu# "),
        (content(prompt: "{connection}$ "), .insert, 80, "[ins] acme$ "),
        (PromptState.Content(), .insert, 80, "[ins] zosh …> "),
    ])
    func `in vi mode the prompt shows the mode, whatever its template`(
        content: PromptState.Content, state: ViState, columns: Int, text: String
    ) {
        let prompt = PromptComposer(
            now: content, before: content, columns: columns, isUTF8: true, time: 1000, viState: state
        ).prompt
        #expect(prompt.plainText == text)
    }

    @Test func `a connection's name has the colour it was given`() {
        var content = Self.content()
        content.connection?.colour = .red
        #expect(Self.prompt(content).spans.filter { $0.style.color == .red }.map(\.text) == ["acme"])
        content.settings.prompt = PromptTemplate("{org}{mark} ")
        #expect(Self.prompt(content).spans.filter { $0.style.color == .red }.map(\.text) == ["Acme GmbH"])
    }

    @Test func `only what has changed is coloured`() {
        func coloured(_ now: PromptState.Content, _ before: PromptState.Content?) -> [String] {
            Self.prompt(now, before: before ?? PromptState.Content()).spans.filter { $0.style != .plain }.map(\.text)
        }
        #expect(coloured(Self.content(), nil) == ["acme"])
        #expect(coloured(Self.content(), Self.content()).isEmpty)
        #expect(coloured(Self.content("beta"), Self.content()) == ["beta"])
        #expect(coloured(Self.content(status: .failed), Self.content()) == [" !1"])
        #expect(coloured(Self.content(status: .failed), Self.content(status: .failed)).isEmpty)
        #expect(coloured(Self.content(dryRun: true), Self.content()) == [" dry-run", ">"])
        #expect(coloured(Self.content(), Self.content(dryRun: true)) == ["#"])
    }

    @Test func `before identity is known, locked, and without UTF-8`() {
        var content = PromptState.Content()
        #expect(Self.prompt(content).plainText == "zosh …> ")
        #expect(Self.prompt(content, isUTF8: false).plainText == "zosh ...> ")
        content.isKnown = true
        #expect(Self.prompt(content).plainText == "zosh> ")
        content.isLocked = true
        content.status = .auth
        #expect(Self.prompt(content).plainText == "zosh (locked) !4> ")
    }
}
