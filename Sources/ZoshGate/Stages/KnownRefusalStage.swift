internal import ZoshKit

/// Settles as refused what the resource table says Zoho refuses, whatever it is about: nothing is sent, and a dry run
/// says the same as the run.
enum KnownRefusalStage {
    static func settle(_ planned: inout [PlannedChange], _ session: SessionSnapshot) {
        let caller = session.connection?.userID
        for index in planned.indices where planned[index].settled == nil {
            guard let change = planned[index].change, let result = planned[index].result else { continue }
            let isCaller = caller.flatMap { $0.isEmpty || !change.resource.holdsCaller ? nil : change.id == $0 }
            for refusal in change.resource.refusals {
                guard let state = state(refusal.subject, planned[index].current, isCaller: isCaller),
                    let fields = fields(refusal.trigger, change, result, planned[index].current)
                else { continue }
                let message = refusal.message.replacing("{state}", with: state).replacing(
                    "{field}", with: fields.joined(separator: " and "))
                planned[index].settled = ChangeReport(.refused, code: refusal.code, message: message.neutralised)
                break
            }
        }
    }

    /// The value by which a record is one of those the refusal is about, empty where none decides; nil when it is not
    /// one, or it cannot be known.
    private static func state(_ subject: KnownRefusal.Subject, _ current: Row?, isCaller: Bool?) -> String? {
        switch subject {
        case .anyone: ""
        case .caller: isCaller == true ? "" : nil
        case .others: isCaller == false ? "" : nil
        case .those(let tests):
            current.flatMap { current in
                tests.first { $0.holds(for: current) }.flatMap { current[$0.field]?.text }
            }
        }
    }

    /// The fields for which a change is refused, none where it is refused whatever they are; nil when it is not.
    private static func fields(
        _ trigger: KnownRefusal.Trigger, _ change: Change, _ result: Write.Result, _ current: Row?
    ) -> [String]? {
        let sent = change.fields.names
        switch trigger {
        case .any: return [.values, .absence].contains(result) ? [] : nil
        case .sending(let names): return found(sent.filter(names.contains), result)
        case .altering(let names):
            guard let current else { return nil }
            return found(change.resource.open(change.fields, in: current).filter(names.contains), result)
        case .setting(let test): return found(test.holds(for: change.fields) ? [test.field] : [], result)
        case .without(let test):
            return found(test.holds(for: change.fields) ? [] : sent.filter { $0 != test.field }, result)
        case .equating(let one, let other):
            guard let value = change.fields[one]?.string, value == change.fields[other]?.string else { return nil }
            return [one, other]
        case .referringToItself(let field):
            guard let id = change.id, let value = change.fields[field] else { return nil }
            return (value.row?["id"]?.text ?? value.text) == id ? [] : nil
        case .addressing(let domain):
            return change.newHandle?.lowercased().hasSuffix("@\(domain)") == true ? [] : nil
        }
    }

    private static func found(_ names: [String], _ result: Write.Result) -> [String]? {
        result == .values && !names.isEmpty ? names : nil
    }
}
