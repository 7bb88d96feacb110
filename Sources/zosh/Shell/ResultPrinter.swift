import ZoshCore
import ZoshKit

/// Results to standard output, sentences to standard error.
struct ResultPrinter: ResultSink {
    let session: Session
    var output: any ByteSink
    let narrator: Narrator
    /// Asked for every result, since a terminal can change its size.
    let target: @Sendable () -> OutputTarget
    let views: SavedViews
    /// Nil where nobody can turn pages.
    let pager: Pager?
    /// What the line says itself; nil leaves it to the session.
    var format: OutputFormat?
    /// Set once nobody wants to hear of the line any more.
    private var silence = Sign()

    init(
        session: Session, output: any ByteSink, narrator: Narrator, target: @escaping @Sendable () -> OutputTarget,
        views: SavedViews, pager: Pager?
    ) {
        self.session = session
        self.output = output
        self.narrator = narrator
        self.target = target
        self.views = views
        self.pager = pager
    }

    /// The printer of one line, which says nothing more once `silence` is set.
    func silenced(by silence: Sign) -> ResultPrinter {
        var printer = self
        printer.output = SilencedOutput(output: output, silence: silence)
        printer.silence = silence
        return printer
    }

    func show(_ stream: RowStream, for call: Call) async throws -> RowOutcome {
        guard !stream.columns.isSilent else {
            _ = try await stream.next()
            return await stream.outcome()
        }
        let settings = await settings()
        var place = target()
        let isSeen = place.isTerminal
        // Asked for by name, a table is a table in a pipe too.
        if settings.format == .table { place.isTerminal = true }
        let renderer: any Renderer
        if stream.columns.isText {
            renderer = TextRenderer()
        } else {
            renderer = Renderers.renderer(
                for: settings.format ?? .table, columns: columns(stream, settings, isSeen: isSeen),
                spreadsheet: settings.guardsSpreadsheets)
        }
        guard let pager, isSeen, settings.pager != "off", !settings.accessible else {
            try await renderer.render(stream, to: output, for: place)
            return await stream.outcome()
        }
        try await pager.page(settings.pager, output, narrator) { sink in
            try await renderer.render(stream, to: sink, for: place)
        }
        return await stream.outcome()
    }

    /// Those that were set, else those saved for the command: the latter for a person's eyes only.
    private func columns(_ stream: RowStream, _ settings: Session.Settings, isSeen: Bool) -> [FieldPath]? {
        if !settings.columns.isEmpty { return settings.columns }
        guard isSeen, settings.interactive, settings.format == nil || settings.format == .table else { return nil }
        return stream.columns.command.flatMap(views.columns)
    }

    func show(page: [String]) async throws {
        let place = target()
        let text = place.isTerminal ? page.flatMap { $0.neutralised.wrapped(to: place.width) } : page
        try await output.write(Array((text.joined(separator: "\n") + "\n").utf8))
    }

    func conclude(_ outcome: RowOutcome) async {
        guard !silence.isSet else { return }
        narrator.pause()
        var lines = outcome.notes
        if !outcome.missing.isEmpty {
            let some = outcome.missing.prefix(10).joined(separator: ", ")
            let rest = outcome.missing.count > 10 ? " and \(outcome.missing.count - 10) more" : ""
            lines.append("not found: \(some)\(rest)")
        }
        if outcome.failed > 0 { lines.append("\(outcome.failed) row\(outcome.failed == 1 ? "" : "s") failed") }
        for line in lines { narrator.say(line.neutralised) }
    }

    func report(_ error: ZoshError, in source: SourceText) async {
        guard !silence.isSet else { return }
        narrator.pause()
        // A reader that went away (`| head`) wants no last words.
        if error.kind == .readerLeft { return }
        narrator.say(narrator.errors.lines(error, in: source).joined(separator: "\n"))
    }
}
