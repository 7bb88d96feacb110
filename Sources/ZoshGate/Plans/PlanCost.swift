internal import ZoshKit

/// What applying a plan will ask of Zoho, as the gate does it: every record read again, one request for each change,
/// what was written read back.
struct PlanCost: Sendable, Equatable {
    let calls: Int
    /// As Zoho's documentation counts: one for a call about users or settings.
    let credits: Int
    /// At one second a call, as many at once as the organisation takes now.
    let minutes: Int
    /// What remained of the day's credits when the plan was made; nil while Zoho does not say.
    let left: Int?

    init(of planned: [PlannedChange], window: Int, left: Int?) {
        var written: [Resource: Int] = [:]
        var read: [Resource: Set<String>] = [:]
        var readBack: [Resource: Int] = [:]
        for one in planned {
            guard let change = one.change else { continue }
            written[change.resource, default: 0] += 1
            if let id = change.id { read[change.resource, default: []].insert(id) }
            if [.values, .newcomer].contains(one.result) { readBack[change.resource, default: 0] += 1 }
        }
        func pages(_ count: Int, of resource: Resource) -> Int {
            guard count > 0 else { return 0 }
            if case .paged(_, _, let ids) = resource.reads { return (count + ids - 1) / ids }
            return 1
        }
        let reads = read.reduce(0) { $0 + pages($1.value.count, of: $1.key) }
        let writes = written.values.reduce(0, +)
        calls = reads + writes + readBack.reduce(0) { $0 + pages($1.value, of: $1.key) }
        credits = calls
        let window = max(1, window)
        minutes = ((writes + window - 1) / window + calls - writes + 59) / 60
        self.left = left
    }

    /// Whether what remained of the day is enough: `yes`, `no` or `unknown`.
    var fits: String { left.map { credits <= $0 ? "yes" : "no" } ?? "unknown" }

    /// `4 calls, 4 credits, about 1 minute`.
    var sentence: String {
        func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
        let budget =
            switch left {
            case nil: "today's remaining credits are unknown"
            case let left? where credits <= left: "\(count(left, "credit")) left today"
            case let left?: "more than the \(count(left, "credit")) left today"
            }
        return "\(count(calls, "call")), \(count(credits, "credit")), about \(count(minutes, "minute")); \(budget)"
    }

    var row: Row {
        [
            "calls": .integer(Int64(calls)), "credits": .integer(Int64(credits)), "minutes": .integer(Int64(minutes)),
            "left_today": left.map { .integer(Int64($0)) } ?? .null, "fits": .string(fits),
        ]
    }

    /// Nil for what is not a cost.
    init?(_ row: Row?) {
        func number(_ name: String) -> Int? { row?[name]?.integer.flatMap { Int(exactly: $0) } }
        guard let calls = number("calls"), let credits = number("credits"), let minutes = number("minutes") else {
            return nil
        }
        (self.calls, self.credits, self.minutes, left) = (calls, credits, minutes, number("left_today"))
    }
}
