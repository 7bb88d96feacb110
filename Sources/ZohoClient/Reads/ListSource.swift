internal import ZoshKit

/// A short list (roles, profiles, fields), page after page as long as Zoho says there are more.
actor ListSource: RowSource {
    private let caller: CRMCaller
    private let request: CRMRequest
    private let key: String
    private let progress: ProgressMeter
    private var page = 1
    private var isOver = false
    private var seen = SeenIDs()
    private var delivered = 0
    private var notes: [String] = []

    init(_ request: CRMRequest, key: String, caller: CRMCaller, progress: ProgressMeter) {
        self.request = request
        self.key = key
        self.caller = caller
        self.progress = progress
    }

    func next() async throws -> RowBatch? {
        while !isOver {
            var request = request
            if page > 1 { request.query.append((name: "page", value: String(page))) }
            do {
                let list = try ListPage(try await caller.read(request), key: key)
                let fresh = list.rows.filter { seen.insert($0) }
                if list.moreRecords, fresh.isEmpty {
                    throw ListPage.stuck(page, key, after: delivered, isEmpty: list.rows.isEmpty)
                }
                if page > 1, list.isAbsent {
                    notes = ["Zoho promised more \(key) after \(delivered) and sent none: page \(page) came empty"]
                }
                page += 1
                delivered += fresh.count
                isOver = !list.moreRecords
                progress.count(rows: fresh.count)
                if !fresh.isEmpty { return RowBatch(fresh) }
            } catch {
                isOver = true
                throw error
            }
        }
        return nil
    }

    func outcome() -> RowOutcome { RowOutcome(notes: notes) }
}
