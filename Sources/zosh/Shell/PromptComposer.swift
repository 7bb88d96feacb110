import LineEditor
import ZoshCore
import ZoshKit

/// Makes the prompt out of what is known: `acme eu>`, with `#` where production can be written.
///
/// At most a third of the width is the prompt's. What is short of room loses, in this order: long words for marks, the
/// number of a failure, the data centre, the end of names. Marks never go: they say what the next line may do. Only
/// what has changed since the prompt before is coloured, and the name of a connection that was given a colour.
struct PromptComposer {
    let now: PromptState.Content
    let before: PromptState.Content
    let columns: Int
    let isUTF8: Bool
    /// Seconds since 1970.
    let time: Int64
    /// The mode of vi the line is in, if it is edited so.
    var viState: ViState?

    /// Minutes left from which on the prompt counts them.
    private static let fewMinutes: Int64 = 10
    private static let alert = TextStyle(color: .red)
    private static let change = TextStyle(color: .yellow)

    /// How short everything is written.
    private enum Brevity: Int, CaseIterable {
        case full, shortMarks, shortStatus, noDataCentre
    }

    var prompt: Prompt {
        guard let connection = now.connection else { return anonymous }
        let template = now.settings.prompt ?? .standard
        let third = max(8, columns / 3)
        for brevity in Brevity.allCases {
            let isLast = brevity == Brevity.allCases.last
            let fixed = spans(template, connection, brevity, names: 0).reduce(0) { $0 + DisplayWidth.of($1.text) }
            let wanted = DisplayWidth.of(connection.name)
            guard isLast || fixed + min(wanted, 6) <= third else { continue }
            return Prompt(
                spans(template, connection, brevity, names: max(3, third - fixed)).filter { !$0.text.isEmpty })
        }
        return anonymous
    }

    /// Before the first login, or before the store was looked at.
    private var anonymous: Prompt {
        let state = now.isKnown ? (now.isLocked ? " (locked)" : "") : (isUTF8 ? " …" : " ...")
        let recording = Prompt.Span(now.isRecording ? " recording" : "")
        return Prompt(
            [mode(.full), Prompt.Span("zosh" + state), recording, status(.full), Prompt.Span("> ")].filter {
                !$0.text.isEmpty
            })
    }

    private func spans(
        _ template: PromptTemplate, _ connection: ConnectionSummary, _ brevity: Brevity, names: Int
    ) -> [Prompt.Span] {
        [mode(brevity)]
            + template.parts.map { part in
                switch part {
                case .text(let text): Prompt.Span(text.neutralised)
                case .field(let field): span(field, connection, brevity, names)
                }
            }
    }

    private func span(_ field: PromptTemplate.Field, _ connection: ConnectionSummary, _ brevity: Brevity, _ names: Int)
        -> Prompt.Span
    {
        let style = TextStyle(
            color: connection.colour?.style, bold: before.connection?.name != connection.name)
        switch field {
        case .connection: return Prompt.Span(name(connection.name, names), style)
        case .org: return Prompt.Span(name(connection.orgName, names), style)
        case .dc: return Prompt.Span(brevity == .noDataCentre ? "" : connection.dataCentre.neutralised)
        case .marks:
            let text = marks(now, brevity == .full)
            return Prompt.Span(text, text == marks(before, brevity == .full) ? .plain : Self.change)
        case .token: return token
        case .status: return status(brevity)
        case .mark:
            let mark = mark(now)
            return Prompt.Span(mark, before.connection == nil || mark == self.mark(before) ? .plain : Self.change)
        }
    }

    private func mode(_ brevity: Brevity) -> Prompt.Span {
        guard let viState else { return Prompt.Span("") }
        let name = viState == .insert ? "ins" : "cmd"
        return Prompt.Span("[\(brevity == .full ? name : String(name.prefix(1)))] ", .dim)
    }

    private func name(_ text: String, _ room: Int) -> String {
        text.neutralised.truncated(to: room, ellipsis: isUTF8 ? "…" : "~")
    }

    private func marks(_ content: PromptState.Content, _ isLong: Bool) -> String {
        guard let connection = content.connection else { return "" }
        var marks: [String] = []
        // Read-only refuses a dry run as well, so it alone is worth saying.
        if content.settings.readOnly || connection.readOnly {
            marks.append(isLong ? "read-only" : "ro")
        } else if content.settings.dryRun {
            marks.append(isLong ? "dry-run" : "dry")
        }
        if connection.environment != .production {
            let name = connection.environment.rawValue
            marks.append(isLong ? name : String(name.prefix(3)))
        }
        if content.isRecording { marks.append(isLong ? "recording" : "rec") }
        if content.dueJobs > 0 { marks.append(isLong ? "\(content.dueJobs) overdue" : "due") }
        return marks.map { " " + $0 }.joined()
    }

    private func mark(_ content: PromptState.Content) -> String {
        guard let connection = content.connection, connection.environment == .production else { return ">" }
        let canWrite = !content.settings.readOnly && !content.settings.dryRun && !connection.readOnly
        return canWrite ? "#" : ">"
    }

    /// Minutes of a token that nothing renews.
    private var token: Prompt.Span {
        guard let ends = now.tokenEnds else { return Prompt.Span("") }
        let minutes = (ends - time + 59) / 60
        guard minutes <= Self.fewMinutes else { return Prompt.Span("") }
        return minutes > 0 ? Prompt.Span(" \(minutes)m", Self.change) : Prompt.Span(" expired", Self.alert)
    }

    private func status(_ brevity: Brevity) -> Prompt.Span {
        guard now.status != .done else { return Prompt.Span("") }
        let text = brevity.rawValue >= Brevity.shortStatus.rawValue ? " !" : " !\(now.status.rawValue)"
        return Prompt.Span(text, now.status == before.status ? .plain : Self.alert)
    }
}

extension ConnectionColour {
    /// The terminal's colour of this name.
    fileprivate var style: TextStyle.Color {
        switch self {
        case .red: .red
        case .green: .green
        case .yellow: .yellow
        case .blue: .blue
        case .magenta: .magenta
        case .cyan: .cyan
        }
    }
}
