internal import ZoshKit

/// Which columns of a table fit, and how wide each is; made from the first screenful, used for every row after it.
///
/// Columns leave from the right, the least important first; what remains is narrowed, the widest first. The e-mail (the
/// subject, in what a write reports) is the key of everything: it gives way last. On terminals under 80 columns no more
/// than four columns stay, under 60 the key and the state, unless everything fits.
///
/// An id is never cut: those of one organisation begin alike. A column of ids leaves, or, where the line asks for it,
/// each row becomes a card.
struct TableLayout {
    struct Slot {
        let column: Column
        let title: String
        var width: Int
        let alignsRight: Bool
        let isKey: Bool
        /// Whether it holds ids.
        let isID: Bool
    }

    static let gap = 2
    /// A column wider than this does not push out its neighbours; it is narrowed first.
    private static let generous = 32
    private static let narrowest = 4
    private static let kept = 4
    /// What a column keeps while the key can still be whole.
    private static let readable = 8

    private(set) var slots: [Slot]
    let hidden: [String]
    let hiddenColumns: [Column]
    /// Whether the line names the columns.
    let isChosen: Bool
    /// Whether each row stands a column a line, since the terminal is too narrow for the columns that were chosen.
    let isCards: Bool
    /// All columns, shown or hidden.
    let columns: [Column]

    /// - Parameters:
    ///   - cells: one array per column, the cells of the first rows.
    ///   - keepsAll: whether the person named these columns: they are narrowed, not dropped.
    ///   - isChosen: whether the line names them: those with room stay.
    init(_ columns: [Column], cells: [[TableCell]], width: Int, keepsAll: Bool, isChosen: Bool = false) {
        self.columns = columns
        self.isChosen = isChosen
        let titles = columns.map(Self.title)
        var slots = columns.indices.map { index in
            let known = cells[index].filter { !$0.isNull }
            let widest = max(DisplayWidth.of(titles[index]), cells[index].map(\.width).max() ?? 0)
            return Slot(
                column: columns[index], title: titles[index], width: min(widest, width),
                alignsRight: !known.isEmpty && known.allSatisfy(\.isNumber),
                isKey: ["email", "subject"].contains(columns[index].name),
                isID: Self.holdsIDs(columns[index], known))
        }
        let everything = slots
        if isChosen, let chosen = Self.chosen(slots, width) {
            slots = chosen
        } else if !keepsAll, !isChosen, !Self.fits(slots, width, cap: width) {
            if width < 60, let few = Self.keyAndState(slots) {
                slots = few
            } else if width < 80 {
                slots = Array(slots.prefix(Self.kept))
            }
            while slots.count > Self.kept, !Self.fits(slots, width, cap: Self.generous, key: width / 2) {
                slots.removeLast()
            }
        }
        // Beside a whole id the other columns must still be readable, or it leaves.
        while !keepsAll, !isChosen, slots.dropFirst().contains(where: \.isID),
            !Self.fits(slots, width, cap: Self.readable)
        {
            slots.removeLast()
        }
        isCards = isChosen && slots.count > 1 && Self.chosen(slots, width) == nil
        if !isCards {
            while slots.count > 1, !Self.fits(slots, width, cap: Self.narrowest) { slots.removeLast() }
            Self.narrow(&slots, to: width)
        }
        self.slots = slots
        let shown = Set(slots.map(\.column.name))
        let left = everything.filter { !shown.contains($0.column.name) }
        hidden = left.map(\.title)
        hiddenColumns = left.map(\.column)
    }

    /// The two columns a narrow table can do with; nil when it has no key or no state.
    private static func keyAndState(_ slots: [Slot]) -> [Slot]? {
        guard let key = slots.first(where: \.isKey),
            let state = slots.first(where: { TableStyle.holdsStates($0.column.name) })
        else {
            return nil
        }
        return [key, state]
    }

    /// Those of the chosen columns that can be read side by side, the first ones; nil when a key or an id would be left
    /// out or fewer than two would stay.
    private static func chosen(_ slots: [Slot], _ width: Int) -> [Slot]? {
        var kept = slots
        while kept.count > 1, !fits(kept, width, cap: readable, key: width) {
            guard let last = kept.popLast(), !last.isKey, !last.isID else { return nil }
        }
        return kept.count > 1 || slots.count == 1 ? kept : nil
    }

    /// Whether a column is one of Zoho's ids: by its name, or by long numbers in it.
    private static func holdsIDs(_ column: Column, _ cells: [TableCell]) -> Bool {
        let name = column.path.names.last?.lowercased() ?? ""
        guard !cells.isEmpty else { return false }
        return cells.allSatisfy { name == "id" ? ZohoID.isID($0.text) : ZohoID.isID(amongNumbers: $0.text) }
    }

    /// - Parameter key: what the key column may take, where that is more than the others may.
    private static func fits(_ slots: [Slot], _ width: Int, cap: Int, key: Int = 0) -> Bool {
        slots.reduce(0) { $0 + min($1.width, $1.isID ? $1.width : $1.isKey ? max(cap, key) : cap) }
            + gap * (slots.count - 1) <= width
    }

    /// Takes from the widest column, a column at a time, until the row fits; from the key only when no other column has
    /// anything to spare.
    private static func narrow(_ slots: inout [Slot], to width: Int) {
        func widest(_ candidates: [Int]) -> Int? { candidates.max { slots[$0].width < slots[$1].width } }
        while !fits(slots, width, cap: width) {
            let others = slots.indices.filter { !slots[$0].isID }
            let spare = others.filter { !slots[$0].isKey && slots[$0].width > readable }
            guard
                let place = widest(spare) ?? widest(others.filter { slots[$0].width > 1 })
                    ?? widest(Array(slots.indices)), slots[place].width > 1
            else { return }
            slots[place].width -= 1
        }
    }

    /// `role.name` is headed `role`, since a table shows a nested row by its name anyway.
    private static func title(_ column: Column) -> String {
        let names = column.path.names
        let isName = names.count > 1 && names.last == "name"
        return (isName ? names.dropLast().joined(separator: ".") : column.name).brief(60)
    }
}
