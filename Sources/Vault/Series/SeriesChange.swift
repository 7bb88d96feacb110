/// One change to a series, waiting to be committed together with others.
struct SeriesChange: Sendable {
    enum Step: Sendable {
        case begin([UInt8])
        case setHeader([UInt8], of: Int)
        case append([[UInt8]], to: Int)
        case finish(Int, [UInt8])
        case discard(Int)
    }

    private let kind: SeriesKind
    private let step: Step

    init(_ kind: SeriesKind, _ step: Step) { (self.kind, self.step) = (kind, step) }

    /// The number of the item concerned. What is wrong with this change alone is its own failure; whatever else is
    /// thrown undoes the whole group.
    func result(in writer: inout SeriesWriter) throws -> Result<Int, any Error> {
        do {
            return .success(try perform(in: &writer))
        } catch VaultError.notUnfinished(let kind, let number) {
            return .failure(VaultError.notUnfinished(kind, number))
        }
    }

    private func perform(in writer: inout SeriesWriter) throws -> Int {
        switch step {
        case .begin(let header): return try writer.begin(kind, header)
        case .setHeader(let header, let number):
            try writer.setHeader(header, of: number, kind)
            return number
        case .append(let entries, let number):
            try writer.append(entries, to: number, kind)
            return number
        case .finish(let number, let header):
            try writer.finish(number, kind, header: header)
            return number
        case .discard(let number):
            try writer.discard(number, kind)
            return number
        }
    }
}
