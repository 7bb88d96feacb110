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
    /// Nil where no person can turn pages.
    let pager: Pager?
    /// What the line says itself; nil leaves it to the session.
    var format: OutputFormat?
    /// Set once the line is abandoned.
    private var silence = SharedFlag()

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
    func silenced(by silence: SharedFlag) -> ResultPrinter {
        var printer = self
        printer.output = SilencedOutput(output: output, silence: silence)
        printer.silence = silence
        return printer
    }

    func follow(_ meter: ProgressMeter) async {
        narrator.follow(meter, isLinear: await session.settings.accessible)
    }

    func show(_ stream: RowStream, for call: Call) async throws -> RowOutcome {
        let settings = await settings()
        var place = target()
        let isReported = stream.columns.isReportedInNotes && place.isTerminal && settings.format == nil
        guard !stream.columns.isSilent, !isReported else {
            while try await stream.next() != nil {}
            return await stream.outcome()
        }
        let isSeen = place.isTerminal
        place.countsRows = isSeen
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
        let heading = isSeen && (settings.format ?? .table) == .table ? Self.heading(of: stream, for: place) : []
        guard let pager, isSeen, settings.pager != "off", !settings.accessible, !stream.columns.showing.isIntermediate
        else {
            if !heading.isEmpty { try await output.write(heading) }
            try await renderer.render(stream, to: output, for: place)
            return await stream.outcome()
        }
        var stream = stream
        if stream.columns.showing.changes, !stream.columns.isText {
            let isTable = settings.format == nil || settings.format == .table
            let shown = await ChangeResults(height: isTable ? pager.height : .max).shown(of: stream)
            narrator.pause()
            if shown.summary != nil || shown.failure != nil {
                if !heading.isEmpty { try await output.write(heading) }
                if let rows = shown.rows { try await renderer.render(rows, to: output, for: place) }
                if let summary = shown.summary { try await output.write(Array((summary + "\n").utf8)) }
                if let failure = shown.failure { throw failure }
                return shown.outcome
            }
            if let rows = shown.rows { stream = rows }
        }
        try await pager.page(settings.pager, output, narrator) { [stream] sink in
            if !heading.isEmpty { try await sink.write(heading) }
            try await renderer.render(stream, to: sink, for: place)
        }
        return await stream.outcome()
    }

    /// Which command's rows follow, where a line or a script shows several results.
    private static func heading(of stream: RowStream, for place: OutputTarget) -> [UInt8] {
        guard let heading = stream.columns.showing.heading else { return [] }
        let line = "-- \(heading.split(whereSeparator: \.isWhitespace).joined(separator: " "))".brief(
            max(10, place.width))
        return Array((place.colour ? "\u{1B}[2m\(line)\u{1B}[22m\n" : line + "\n").utf8)
    }

    /// Those that were set, else those saved for the command: the latter for a person's eyes only.
    private func columns(_ stream: RowStream, _ settings: Session.Settings, isSeen: Bool) -> [FieldPath]? {
        if !settings.columns.isEmpty { return settings.columns }
        guard isSeen, settings.interactive, settings.format == nil || settings.format == .table else { return nil }
        return stream.columns.command.flatMap(views.columns)
    }

    func show(page: [String]) async throws {
        let place = target()
        let settings = await session.settings
        let text = place.isTerminal ? page.flatMap { $0.neutralised.wrapped(to: place.width) } : page
        let bytes = Array((text.joined(separator: "\n") + "\n").utf8)
        guard let pager, place.isTerminal, settings.pager != "off", !settings.accessible else {
            return try await output.write(bytes)
        }
        try await pager.page(settings.pager, output, narrator) { try await $0.write(bytes) }
    }

    func conclude(_ outcome: RowOutcome) async {
        guard !silence.isSet else { return }
        narrator.pause()
        var lines = outcome.notes
        if !outcome.missing.isEmpty {
            let some = outcome.missing.prefix(10).listedNames
            let rest = outcome.missing.count > 10 ? " and \(outcome.missing.count - 10) more" : ""
            lines.append("Not found: \(some)\(rest)")
        }
        var counted: String?
        if outcome.failed > 0 {
            counted =
                outcome.changes.isEmpty
                ? "\(outcome.failed) \(outcome.failedNoun)\(outcome.failed == 1 ? "" : "s") failed"
                : ChangeCounts.sentence(outcome.changes)
            lines.append(counted ?? "")
        }
        for line in lines { narrator.say(line.neutralised, isAlarm: line == counted) }
        // A text that ran inside has noted what it failed with, and where.
        guard outcome.status != .done, !outcome.isEndingReported else { return }
        narrator.failures.note(
            Array(lines.dropFirst(outcome.notes.count)), endingWith: outcome.status, isForProgram: await isForProgram)
    }

    func report(_ error: ZoshError, in source: SourceText) async {
        guard !silence.isSet else { return }
        narrator.pause()
        // A reader that went away (`| head`) wants no last words.
        if error.kind == .readerLeft { return }
        narrator.say(narrator.errors.lines(error, in: source).joined(separator: "\n"), isAlarm: true)
        let isForProgram = await isForProgram || source.name == nil && FormatRequest.isForProgram(source.text)
        narrator.failures.note(error, in: source, isForProgram: isForProgram)
    }
}
