internal import ZoshKit

/// All pages of a list, in order, several at a time once it is known that they exist.
///
/// Calls cost credits, so no page is requested on a guess. The first three pages come one by one, each
/// because the one before said `more_records`. When the third says so too, one call asks for the count, and from then
/// on as many pages are under way at once as the governor allows, never past the counted end. So lists of up to three
/// pages cost exactly their pages, and longer ones a single call more. Without a count (older versions,
/// `If-Modified-Since`) the window is `blindWindow`, which wastes at most two calls at the end. A reader that may want
/// no more than a page (`first 1000`) gets its pages one by one and without a count, so it costs exactly the pages it
/// read.
actor PagedList: RowSource {
    static let blindWindow = 3
    /// How many pages are read one by one before the list is counted.
    static let pagesBeforeCounting = 3

    private let pages: ListPages
    private let query: ListQuery
    private let noun: String
    private let progress: ProgressMeter
    /// `page=` asks for one page, `limit=` for few rows: both go one page at a time.
    private let oneByOne: Bool

    private var nextPage: Int
    private var underWay: [Task<ListPage, any Error>] = []
    private var delivered = 0
    private var pagesDelivered = 0
    private var counted: Int?
    private var askedForCount = false
    private var isOver = false
    private var demand = Demand.everything
    private var seen = SeenIDs()
    private var notes: [String] = []
    /// Whether fewer records came than were promised.
    private var isCutShort = false

    init(
        _ resource: Resource, _ query: ListQuery, version: APIVersion, caller: CRMCaller, progress: ProgressMeter
    ) {
        self.query = query
        noun = resource.name
        self.progress = progress
        pages = ListPages(resource, query, version: version, caller: caller)
        nextPage = query.page ?? 1
        oneByOne = query.page != nil || query.limit != nil
    }

    deinit { for task in underWay { task.cancel() } }

    func next() async throws -> RowBatch? { try await next(for: .everything) }

    func next(for demand: Demand) async throws -> RowBatch? {
        self.demand = demand
        while !isOver {
            launch()
            if isCountDue { await askForCount() }
            guard let head = underWay.first else { break }
            let page: ListPage
            do {
                page = try await withTaskCancellationHandler {
                    try await head.value
                } onCancel: {
                    head.cancel()
                }
            } catch {
                finish()
                throw error
            }
            underWay.removeFirst()
            pagesDelivered += 1
            do { if let rows = try await take(page) { return RowBatch(rows) } } catch {
                finish()
                throw error
            }
        }
        noteMovedCount()
        return nil
    }

    func outcome() -> RowOutcome {
        var outcome = RowOutcome(notes: notes)
        outcome.isCutShort = isCutShort
        return outcome
    }

    /// New rows of a page, up to the limit; nil when there are none.
    /// - Throws: `ZoshError.network` for a page that brings nothing new and promises more.
    private func take(_ page: ListPage) async throws -> [Row]? {
        var fresh = page.rows.filter { seen.insert($0) }
        let isOnly = query.page != nil
        if page.moreRecords, fresh.isEmpty {
            throw ListPage.stuck(query.page ?? pagesDelivered, noun, after: delivered, isEmpty: page.rows.isEmpty)
        }
        if page.isAbsent, pagesDelivered > 1 { await noteMissingPage() }
        if !page.moreRecords || isOnly { finish() }
        if let limit = query.limit, delivered + fresh.count >= limit {
            fresh = Array(fresh.prefix(limit - delivered))
            finish()
        }
        delivered += fresh.count
        progress.count(rows: fresh.count)
        return fresh.isEmpty ? nil : fresh
    }

    /// The page before promised this one, which came without a body: the list ends, and both numbers are said.
    private func noteMissingPage() async {
        if counted == nil, query.modifiedSince == nil { counted = await pages.count() }
        guard let counted else {
            isCutShort = true
            notes = ["Zoho promised more \(noun) after \(delivered) and sent none: page \(pagesDelivered) came empty"]
            return
        }
        isCutShort = counted != delivered
        notes = [
            "Zoho counted \(counted) \(noun) and listed \(delivered): page \(pagesDelivered) was promised and came "
                + "empty"
        ]
    }

    private func finish() {
        isOver = true
        for task in underWay { task.cancel() }
        underWay = []
    }

    private func launch() {
        while underWay.count < allowedWindow {
            let page = nextPage
            // The number may come from the user, and the highest there is has no successor.
            nextPage = page == .max ? page : page + 1
            underWay.append(Task { [pages] in try await pages.page(page) })
        }
    }

    private var isBounded: Bool { oneByOne || demand == .onePage }

    /// How many pages may be under way now.
    private var allowedWindow: Int {
        if isBounded || pagesDelivered < Self.pagesBeforeCounting || isCountDue { return 1 }
        guard let counted else { return Self.blindWindow }
        // Divided before anything is added: the count is Zoho's and may be any number.
        let known = counted / pages.perPage + (counted % pages.perPage > 0 ? 1 : 0) - pagesDelivered
        return max(1, min(pages.window, known))
    }

    /// Whether a fourth page is wanted and certain, and no count is known yet.
    private var isCountDue: Bool {
        !isBounded && !askedForCount && pagesDelivered >= Self.pagesBeforeCounting && query.modifiedSince == nil
    }

    /// Counts while the fourth page is under way. A refusal only costs the window.
    private func askForCount() async {
        askedForCount = true
        counted = await pages.count()
        if counted == 0 { counted = nil }
        if let counted { progress.expect(rows: counted) }
        launch()
    }

    private func noteMovedCount() {
        guard notes.isEmpty, let counted, counted != delivered else { return }
        notes = ["Zoho counted \(counted) \(noun) and listed \(delivered): the list changed meanwhile"]
    }
}
