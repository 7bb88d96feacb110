/// Where the pages of a filtered listing begin, as far as somebody has walked it.
///
/// A client walks a listing page by page; without these marks each page would look at everybody
/// before it, which a million people make slow. Marks are dropped when the people change.
/// Invariant: page 1 begins at position 0.
struct PageMarks: Sendable {
    struct Listing: Hashable, Sendable {
        let zgid: String
        let type: ListedUserType
        let perPage: Int
    }

    private struct Marks: Sendable {
        let revision: Int
        var starts: [Int: Int] = [1: 0]
    }

    private var known: [Listing: Marks] = [:]

    /// The nearest page at or before `page` whose first position is known.
    func nearest(_ page: Int, of listing: Listing, revision: Int) -> (page: Int, position: Int) {
        guard let marks = known[listing], marks.revision == revision else { return (1, 0) }
        if let position = marks.starts[page] { return (page, position) }
        return marks.starts.filter { $0.key < page }.max { $0.key < $1.key }.map { ($0.key, $0.value) } ?? (1, 0)
    }

    mutating func note(_ page: Int, startsAt position: Int, of listing: Listing, revision: Int) {
        if known[listing]?.revision != revision { known[listing] = Marks(revision: revision) }
        known[listing]?.starts[page] = position
    }
}
