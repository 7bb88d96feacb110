internal import ZoshKit

/// What takes a job back: one change for each record whose fields it has set, and a row for each change that cannot be
/// taken back.
struct UndoPlan {
    /// What a job has made of one record.
    private struct Traces {
        let last: Change
        let label: String
        /// The fields in the order they were set.
        var names: [String] = []
        var before: [String: Value] = [:]
        var after: [String: Value] = [:]
    }

    private var traces: [EffectTarget: Traces] = [:]
    private var order: [EffectTarget] = []
    private(set) var impossible: [Row] = []

    init(_ record: JobRecord) {
        for (_, entry) in record.rows where Self.mayHaveHappened(entry) {
            guard let change = entry.change.change, let write = change.write else {
                refuse(entry.change.effect.action, entry.change.label, nil, UnknownChange.reason)
                continue
            }
            switch write.undo {
            case .restore: trace(change, entry, write)
            case .impossible(let reason): refuse(change.action, entry.change.label, change.id, reason)
            }
        }
    }

    /// Done, or unknown: what Zoho shows when it is read again decides.
    private static func mayHaveHappened(_ entry: JobRecord.Entry) -> Bool {
        switch entry.fate {
        case .open: false
        case .pending, .accepted: true
        case .over(let report): report.outcome == .done
        }
    }

    private mutating func trace(_ change: Change, _ entry: JobRecord.Entry, _ write: Write) {
        let label = entry.change.label
        var traces = self.traces[change.target] ?? Traces(last: change, label: label)
        if self.traces[change.target] == nil { order.append(change.target) }
        for (name, sent) in change.fields.fields {
            guard !write.once.contains(name) else {
                refuse("update \(name)", label, change.id, "what was sent to the person stays sent")
                continue
            }
            guard let before = entry.change.current?[name] else {
                refuse("update \(name)", label, change.id, "Zoho did not show what \(name) was before")
                continue
            }
            // Set twice by the same job, it goes back to where it was at first, unless someone else set it in between.
            let isOurs = traces.after[name].map { change.resource.isSame($0, before, field: name) } ?? false
            if !isOurs { traces.before[name] = before }
            if traces.after[name] == nil { traces.names.append(name) }
            traces.after[name] = entry.shown?[name] ?? sent
        }
        self.traces[change.target] = traces
    }

    private mutating func refuse(_ action: String, _ label: String, _ id: String?, _ reason: String) {
        impossible.append(
            [
                "subject": .string(label), "action": .string("undo: \(action)"),
                "outcome": .string(ChangeReport.Outcome.refused.rawValue), "message": .string(reason), "code": .null,
                "id": Value(id),
            ])
    }

    /// The changes, in the order in which the job came to the records.
    mutating func changes() -> [Change] {
        order.compactMap { target in traces[target].flatMap { change($0) } }
    }

    private mutating func change(_ traces: Traces) -> Change? {
        let resource = traces.last.resource
        var fields = Row()
        var shown = Row()
        var expected = Row()
        for name in traces.names {
            guard let before = traces.before[name], let after = traces.after[name] else { continue }
            guard !resource.isSame(after, before, field: name) else { continue }
            guard let sent = resource.written(before, in: name) else {
                refuse(
                    "update \(name)", traces.label, traces.last.id,
                    "\(name) cannot be set to \(ChangeWords.shown(before))")
                continue
            }
            fields[name] = sent
            shown[name] = before
            expected[name] = after
        }
        guard fields.count > 0 else { return nil }
        return Change(
            traces.last.verb, resource, traces.last.subject, within: traces.last.within,
            concerns: traces.last.concerns, expected: expected, fields: fields, shown: shown,
            action: "put back \(fields.names.joined(separator: ", "))")
    }
}

extension Resource {
    /// What Zoho takes for a value that it shows; nil for a state that cannot be set.
    fileprivate func written(_ shown: Value, in field: String) -> Value? {
        if let id = shown.row?["id"]?.text { return .string(id) }
        guard let spelling = spelling[field], !shown.isNull else { return shown }
        return (spelling.written(shown.text) ?? spelling.kinds[shown.text].flatMap(spelling.written)).map(Value.string)
    }
}
