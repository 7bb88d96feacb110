internal import ZoshKit

/// An effect on its way through the gate: what was asked, what it would hit, and the result if that is settled
/// already.
struct PlannedChange: Sendable {
    var effect: any Effect
    /// The record as Zoho showed it a moment ago; nil for what is not one of Zoho's or not there yet.
    var current: Row?
    /// What the fields were before an earlier attempt may have changed them.
    var original: Row?
    /// Set by the stage that decided that nothing more will be done.
    var settled: ChangeReport?
    /// When an earlier attempt may have sent the same request, its reply unknown; seconds since 1970.
    var pendingSince: Int64?
    /// Zoho's number of the job that an earlier attempt's request has become. It is only asked for; for everything
    /// before that it counts as settled.
    var accepted: String?
    /// What people call the records that are set by id, by field.
    var names: [String: String] = [:]
    /// Whether an earlier attempt at the line has let it through.
    var wasLetThrough = false
    /// What an earlier attempt called the subject.
    var name: String?
    /// What is said of fields that someone has changed since and that are left alone.
    var leftAlone: String?
    /// What speaks against it without being sure.
    var doubt: String?
    /// How many others have signed the plan that it is part of.
    var approvals = 0
    /// Where the record would be added that is to be changed: only a dry run knows it.
    var addedBy: String?

    /// How many changes are settled and written down together: as many as one reading of records by id takes.
    static let perPage = 100

    init(_ effect: any Effect) { self.effect = effect }

    /// Whether something is left to do, or to be asked for.
    var hasTurn: Bool { settled == nil || accepted != nil }

    /// What no other change may be under way for at the same time: its target, and the user it is about.
    var lanes: Set<EffectTarget> { Set([effect.target] + [change?.person].compactMap(\.self)) }

    /// The effect when it is one at Zoho.
    var change: Change? { effect as? Change }

    /// The id of an existing record, when that is what changes.
    var id: String? { change?.id }

    /// What Zoho shows once it has taken effect.
    var result: Write.Result? { change?.write?.result }

    /// The record as well as known: now, else as the person saw it.
    var known: Row? { current ?? change?.seen }

    /// What the row calls the subject: its handle where it has one, since scripts name people by it.
    var label: String {
        if let name { return name }
        guard let change, change.id != nil else { return effect.label }
        return known?[change.resource.handle].string ?? effect.label
    }

    /// The places of the changes that are settled together: as many open ones as one reading takes, and those between
    /// them that are settled already. A noun that Zoho lists whole is read once.
    static func page(of planned: [PlannedChange], from start: Int) -> Range<Int> {
        var open = 0
        var end = start
        while end < planned.count {
            if planned[end].settled == nil {
                if case .paged? = planned[end].change?.resource.reads { open += 1 }
                guard open <= Self.perPage else { break }
            }
            end += 1
        }
        return start..<end
    }

    /// Keeps of the record what is compared, asked and written down from now on: a line may change as many people as an
    /// organisation has.
    /// - Parameter shape: that of the record before, which most of them share.
    mutating func trim(to shape: inout Shape) {
        guard let change, let current else { return }
        let resource = change.resource
        let paths = [resource.title, resource.handle] + resource.identity + resource.facts + resource.headline
        let names = Set(paths.map { $0.names[0] } + change.fields.names)
        let kept = current.fields.filter { names.contains($0.name) }
        if kept.map(\.name) != shape.names { shape = Shape(kept.map(\.name)) }
        self.current = Row(shape: shape, values: kept.map(\.value))
    }
}

/// What happened to one change, as the row the person gets.
struct ChangeReport: Sendable {
    enum Outcome: String, Sendable, CaseIterable {
        case done, planned, unchanged, refused, failed, unverified
        case notStarted = "not started"

        var isFailure: Bool {
            switch self {
            case .done, .planned, .unchanged: false
            case .refused, .failed, .unverified, .notStarted: true
            }
        }
    }

    var outcome: Outcome
    var id: String?
    var code: String?
    var message: String?
    /// The fields as they were and as they would be; a dry run shows them.
    var before: Row?
    var after: Row?
    /// What Zoho showed of the fields afterwards, when they were read back.
    var shown: Row?

    init(_ outcome: Outcome, id: String? = nil, code: String? = nil, message: String? = nil) {
        self.outcome = outcome
        self.id = id
        self.code = code
        self.message = message
    }

    /// Zoho was still processing it when it was last asked.
    static func accepted(_ job: String, reason: String? = nil) -> ChangeReport {
        let job = "Zoho is still processing it (Zoho's job \(job.brief(40).neutralised))"
        return ChangeReport(.unverified, message: [job, reason].compactMap(\.self).joined(separator: "; "))
    }

    init(_ outcome: Outcome, id: String? = nil, _ error: ZoshError) {
        self.init(outcome, id: id, code: error.code, message: error.problem)
    }

    func row(for planned: PlannedChange) -> Row {
        let sentences = [message, planned.leftAlone].compactMap(\.self)
        var row = Row([
            ("subject", .string(planned.label)), ("action", .string(planned.effect.action)),
            ("outcome", .string(outcome.rawValue)), ("id", Value(id ?? (planned.addedBy == nil ? planned.id : nil))),
            ("code", Value(code)),
            ("message", sentences.isEmpty ? .null : .string(sentences.joined(separator: "; "))),
        ])
        if let before { row["before"] = .row(before) }
        if let after { row["after"] = .row(after) }
        return row
    }
}
