internal import ZoshKit

/// Which columns of a table fit, and how wide each is; made from the first screenful, used for every row after it.
///
/// Columns leave from the right, the least important first; what remains is narrowed, the widest first. At least four
/// stay as long as four columns can hold anything at all, and on terminals under 80 columns no more than four, unless
/// everything fits.
struct TableLayout {
    struct Slot {
        let column: Column
        let title: String
        var width: Int
        let alignsRight: Bool
    }

    static let gap = 2
    /// A column wider than this does not push out its neighbours; it is narrowed first.
    private static let generous = 32
    private static let narrowest = 4
    private static let kept = 4

    private(set) var slots: [Slot]
    let hidden: [String]

    /// - Parameters:
    ///   - cells: one array per column, the cells of the first rows.
    ///   - keepsAll: whether the person named these columns: they are narrowed, not dropped.
    init(_ columns: [Column], cells: [[TableCell]], width: Int, keepsAll: Bool) {
        let titles = columns.map(Self.title)
        var slots = columns.indices.map { index in
            let known = cells[index].filter { !$0.isNull }
            let widest = max(DisplayWidth.of(titles[index]), cells[index].map(\.width).max() ?? 0)
            return Slot(
                column: columns[index], title: titles[index], width: min(widest, width),
                alignsRight: !known.isEmpty && known.allSatisfy(\.isNumber))
        }
        let everything = slots
        if !keepsAll, !Self.fits(slots, width, cap: width) {
            if width < 80 { slots = Array(slots.prefix(Self.kept)) }
            while slots.count > Self.kept, !Self.fits(slots, width, cap: Self.generous) { slots.removeLast() }
        }
        while slots.count > 1, !Self.fits(slots, width, cap: Self.narrowest) { slots.removeLast() }
        Self.narrow(&slots, to: width)
        self.slots = slots
        hidden = everything.dropFirst(slots.count).map(\.title)
    }

    private static func fits(_ slots: [Slot], _ width: Int, cap: Int) -> Bool {
        slots.reduce(0) { $0 + min($1.width, cap) } + gap * (slots.count - 1) <= width
    }

    /// Takes from the widest column, a column at a time, until the row fits.
    private static func narrow(_ slots: inout [Slot], to width: Int) {
        while !fits(slots, width, cap: width), let widest = slots.indices.max(by: { slots[$0].width < slots[$1].width }),
            slots[widest].width > 1 { slots[widest].width -= 1 }
    }

    /// `role.name` is headed `role`, since a table shows a nested row by its name anyway.
    private static func title(_ column: Column) -> String {
        let names = column.path.names
        let isName = names.count > 1 && names.last == "name"
        return (isName ? names.dropLast().joined(separator: ".") : column.name).neutralised
    }
}
