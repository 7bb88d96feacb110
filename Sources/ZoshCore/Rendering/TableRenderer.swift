internal import ZoshKit

/// Writes rows for people: aligned columns chosen for the width, or a card when one row came alone.
///
/// Only a terminal gets a table. In a pipe the same rows are tab-separated values without a header and without
/// truncation, which is what `cut` and `awk` want; `--format` says otherwise, and a template
/// keeps its header. The widths come from the first screenful, so rows appear while later pages are still being
/// fetched.
struct TableRenderer: Renderer {
    let columns: [FieldPath]?

    /// Rows gathered before the widths are decided: a stream whose pages hold one row each still gets a table.
    private static let screenful = 25

    func render(_ stream: RowStream, to sink: any ByteSink, for target: OutputTarget) async throws {
        guard target.isTerminal else {
            return try await TSVRenderer(columns: columns, hasHeader: stream.columns.isTemplate)
                .render(stream, to: sink, for: target)
        }
        var first: [Row] = []
        var own = stream.columns
        do {
            while first.count < Self.screenful, let batch = try await stream.next() {
                if first.isEmpty {
                    own = stream.columns(with: batch)
                    own.showing = stream.columns.showing
                    own.isWhole = stream.columns.isWhole
                }
                first += batch.rows
            }
        } catch {
            // What arrived is shown before the error is.
            if !first.isEmpty { _ = try await draw(first, own, to: sink, for: target) }
            throw error
        }
        guard !first.isEmpty else {
            // An empty answer is distinguished from none, unless more is said about it: who was not found, what failed.
            let outcome = await stream.outcome()
            guard outcome.missing.isEmpty, outcome.failed == 0, outcome.notes.isEmpty else { return }
            return try await sink.write(Array((TableStyle(colour: target.colour).dim("(no rows)") + "\n").utf8))
        }
        if columns == nil, own.card, first.count == 1 {
            return try await sink.write(Array(TableCard.text(first[0], own, for: target).utf8))
        }
        if columns == nil, own.isReport {
            while let batch = try await stream.next() { first += batch.rows }
            return try await sink.write(
                Array(TableReport(target: target).text(first, own.headline.map(Column.init)).utf8))
        }
        let lines = try await draw(first, own, to: sink, for: target)
        var tail = TableTail(lines.layout, target)
        first.forEach { tail.note($0) }
        do {
            while first.count >= Self.screenful, let batch = try await stream.next() {
                batch.rows.forEach { tail.note($0) }
                try await sink.write(Array(batch.rows.map(lines.line).joined().utf8))
            }
        } catch {
            // So are the reasons in it.
            if (error as? ZoshError)?.kind != .readerLeft { try await sink.write(Array(tail.text.utf8)) }
            throw error
        }
        try await sink.write(Array(tail.text.utf8))
    }

    /// Decides the layout by the first rows and writes them under their header.
    private func draw(
        _ first: [Row], _ own: Columns, to sink: any ByteSink, for target: OutputTarget
    ) async throws -> TableLines {
        let choice = ColumnChoice(columns, own, firstPage: first, flattened: false)
        let cells = choice.columns.map { column in first.map { TableCell(column.value(in: $0), utf8: target.utf8) } }
        let layout = TableLayout(
            choice.columns, cells: cells, width: target.width, keepsAll: columns != nil,
            isChosen: columns == nil && own.isChosen)
        let lines = TableLines(layout, target)
        try await sink.write(Array((lines.header + first.map(lines.line).joined()).utf8))
        return lines
    }
}

/// The lines of a table of one layout.
struct TableLines {
    let layout: TableLayout
    private let target: OutputTarget
    private let style: TableStyle

    init(_ layout: TableLayout, _ target: OutputTarget) {
        self.layout = layout
        self.target = target
        style = TableStyle(colour: target.colour)
    }

    var header: String {
        guard !layout.isCards else { return "" }
        return joined(
            layout.slots.map { slot in
                let title = cut(slot.title, slot.width)
                return (style.bold(title), DisplayWidth.of(title))
            })
    }

    func line(_ row: Row) -> String {
        guard !layout.isCards else { return card(row) }
        return joined(
            layout.slots.map { slot in
                let cell = TableCell(slot.column.value(in: row), utf8: target.utf8)
                if cell.width <= slot.width { return (styled(cell, in: slot), cell.width) }
                let text = cut(cell.text, slot.width)
                return (text, DisplayWidth.of(text))
            })
    }

    /// A column a line, nothing cut, and a blank line behind.
    private func card(_ row: Row) -> String {
        let width = layout.slots.map { DisplayWidth.of($0.title) }.max() ?? 0
        return layout.slots.map { slot in
            let cell = TableCell(slot.column.value(in: row), utf8: target.utf8)
            let padding = String(repeating: " ", count: width - DisplayWidth.of(slot.title))
            return style.bold(slot.title) + padding + "  " + styled(cell, in: slot) + "\n"
        }.joined() + "\n"
    }

    private func styled(_ cell: TableCell, in slot: TableLayout.Slot) -> String {
        if cell.isNull { return style.dim(cell.text) }
        return TableStyle.holdsStates(slot.column.name) ? style.state(cell.text) : cell.text
    }

    private func cut(_ text: String, _ width: Int) -> String {
        text.truncated(to: width, ellipsis: target.utf8 ? "…" : "...")
    }

    private func joined(_ cells: [(text: String, width: Int)]) -> String {
        var line = ""
        for (index, (slot, cell)) in zip(layout.slots, cells).enumerated() {
            let padding = String(repeating: " ", count: max(0, slot.width - cell.width))
            let isLast = index == cells.count - 1
            line += slot.alignsRight ? padding + cell.text : isLast ? cell.text : cell.text + padding
            if !isLast { line += String(repeating: " ", count: TableLayout.gap) }
        }
        return line + "\n"
    }
}
