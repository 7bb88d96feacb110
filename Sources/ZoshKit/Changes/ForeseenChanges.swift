internal import Synchronization

/// What the writes of a dry run would have left behind, line after line, so that a later line shows what the run
/// would find there.
package final class ForeseenChanges: Sendable {
    package struct Record: Sendable {
        /// The whole record, as Zoho would show it.
        package var row: Row
        /// The values among them that are not what Zoho shows now.
        package var values: Row
        /// Where it would be added: `line 3`; nil for a record that is there.
        package let addedBy: String?
    }

    private struct Key: Hashable {
        let connection: String?
        let resource: Resource
        let id: String
    }

    private struct State {
        var records: [Key: Record] = [:]
        var order: [Key] = []
        var added = 0
        var version = 0
        var said: Set<String> = []
        /// Everything that was noted of records that are there, as changes.
        var changes: [String: [(line: LineTally, change: Change)]] = [:]
    }

    private let state: Mutex<State>

    /// - Parameter first: where the ids of records that are not there yet begin, so that two of these can look at one
    ///   another's records.
    package init(countingFrom first: Int = 0) { state = Mutex(State(added: first)) }

    /// Changes with everything that is noted.
    package var version: Int { state.withLock { $0.version } }

    /// Notes a change that a dry run has planned.
    /// - Parameters:
    ///   - current: the record as it was read.
    ///   - names: what people call the records that are set by id, by field.
    ///   - line: the line that plans it; nil for what is only tried.
    package func note(
        _ change: Change, current: Row?, names: [String: String] = [:], on connection: String?, at place: String,
        of line: LineTally? = nil
    ) {
        guard let result = change.write?.result else { return }
        let values = Self.values(of: change, names)
        state.withLock { state in
            switch result {
            case .newcomer:
                state.added += 1
                let id = Self.id(state.added)
                var row = change.resource.initial
                row["id"] = .string(id)
                for (name, value) in values.fields { row[name] = value }
                Self.nameAgain(&row, change.resource)
                let key = Key(connection: connection, resource: change.resource, id: id)
                state.order.append(key)
                state.records[key] = Record(row: row, values: row, addedBy: place)
            case .values, .absence:
                guard let id = change.id, let current else { return }
                if let connection, let line { state.changes[connection, default: []].append((line, change)) }
                let key = Key(connection: connection, resource: change.resource, id: id)
                if state.records[key] == nil { state.order.append(key) }
                var record = state.records[key] ?? Record(row: current, values: Row(), addedBy: nil)
                for (name, value) in values.fields {
                    record.row[name] = value
                    record.values[name] = value
                }
                Self.nameAgain(&record.row, change.resource)
                state.records[key] = record
            case .nothing: return
            }
            state.version += 1
        }
    }

    /// The changes of records that are there which the lines before one have planned.
    package func changes(on connection: String, before line: LineTally?) -> [Change] {
        state.withLock { ($0.changes[connection] ?? []).filter { $0.line !== line }.map(\.change) }
    }

    /// Notes the records that effects would add, before the gate has seen them.
    package func noteNew(_ effects: [any Effect], on connection: String?) {
        for case let change as Change in effects where change.write?.result == .newcomer {
            note(change, current: nil, on: connection, at: "the same row")
        }
    }

    /// Whether an effect changes a record that is not there yet.
    package func isNew(_ effect: any Effect, on connection: String?) -> Bool {
        guard let change = effect as? Change, let id = change.id else { return false }
        return record(change.resource, id, on: connection)?.addedBy != nil
    }

    /// Ids that no record of Zoho's has stand for records that are not there yet.
    private static func id(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: 18 - digits.count) + digits
    }

    /// The values as Zoho would show them.
    private static func values(of change: Change, _ names: [String: String]) -> Row {
        if change.write?.result == .absence {
            return change.resource.gone.map { Row([($0.field, .string($0.value))]) } ?? Row()
        }
        return Row(
            change.fields.fields.map { name, value -> (String, Value) in
                if change.resource.spelling[name] != nil {
                    return (name, .string(change.resource.shown(value.text, in: name)))
                }
                guard change.resource.reference(name) != nil, !value.isNull else { return (name, value) }
                if let shown = change.shown[name], shown.row?["name"] != nil { return (name, shown) }
                let id = value.row?["id"]?.text ?? value.text
                return (name, .row(["name": .string(names[name] ?? id), "id": .string(id)]))
            })
    }

    /// A person's whole name follows from its parts.
    private static func nameAgain(_ row: inout Row, _ resource: Resource) {
        let parts = ["first_name", "last_name"].compactMap { row.string($0) }.filter { !$0.isEmpty }
        guard resource.title != resource.handle, !parts.isEmpty, let title = resource.title.names.first else { return }
        row[title] = .string(parts.joined(separator: " "))
    }

    // MARK: What a later line finds

    /// The record of an id, when a line before would add or change it.
    package func record(_ resource: Resource, _ id: String, on connection: String?) -> Record? {
        state.withLock { $0.records[Key(connection: connection, resource: resource, id: id)] }
    }

    /// The records that lines before would add or change, in their order.
    package func records(of resource: Resource, on connection: String?) -> [Record] {
        state.withLock { state in
            state.order.filter { $0.resource == resource && $0.connection == connection }.compactMap {
                state.records[$0]
            }
        }
    }

    /// A record as Zoho shows it, with what lines before would change.
    package func applied(to row: Row, of resource: Resource, on connection: String?) -> Row {
        guard let id = row["id"]?.text, let record = record(resource, id, on: connection) else { return row }
        var changed = row
        for (name, value) in record.values.fields { changed[name] = value }
        Self.nameAgain(&changed, resource)
        return changed
    }

    /// Whether a sentence has not been said yet in this run.
    package func isFirst(_ sentence: String) -> Bool { state.withLock { $0.said.insert(sentence).inserted } }
}
