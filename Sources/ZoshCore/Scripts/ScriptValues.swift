internal import ZoshKit

/// The values of a script's parameters: those given, checked, then those of an earlier run, then the defaults; what is
/// missing then is asked for at a terminal.
struct ScriptValues {
    let script: Script
    let call: Call
    let dates: DateReader
    /// What an earlier run had, which is to be continued.
    var before: [String: String] = [:]

    /// The values, and everything that is wrong with what was typed.
    struct Reading {
        var values: [String: Variable] = [:]
        var mistakes: [ZoshError] = []
        var missing: [PlannedParameter] = []
    }

    private var parameters: [PlannedParameter] { script.plan.parameters }

    /// - Parameter console: where missing values are asked for; nil in a session that is not interactive.
    func read(asking console: (any Console)?) async throws -> Reading {
        var reading = typed()
        guard reading.mistakes.isEmpty, !reading.missing.isEmpty else { return reading }
        guard let console else {
            reading.mistakes.append(needs(reading.missing))
            return reading
        }
        for parameter in reading.missing {
            reading.values[parameter.name.text] = .value(try await ask(for: parameter, console))
        }
        return reading
    }

    private func typed() -> Reading {
        var reading = Reading()
        let reader = ValueReader(dates: dates)
        for field in call.fields {
            do throws(ZoshError) {
                guard let parameter = parameters.first(where: { $0.name.text == field.name }) else {
                    throw unknown(field)
                }
                let value = try reader.read(field.value.text, as: parameter.type, of: field.name, at: field.span)
                if let former = before[field.name], former != value.text {
                    throw ZoshError(
                        .usage, "the run to resume had \(field.name)=\(former)", at: field.span,
                        remedy: "leave it out, or leave --resume out")
                }
                reading.values[field.name] = .value(value)
            } catch {
                reading.mistakes.append(error)
            }
        }
        let given = Set(call.fields.map(\.name))
        for parameter in parameters where !given.contains(parameter.name.text) {
            let name = parameter.name.text
            do throws(ZoshError) {
                if let former = before[name] {
                    reading.values[name] = .value(try reader.read(former, as: parameter.type, of: name, at: call.span))
                } else if let value = parameter.defaultValue {
                    reading.values[name] = .value(value.value)
                } else {
                    reading.missing.append(parameter)
                }
            } catch {
                reading.mistakes.append(error)
            }
        }
        return reading
    }

    private func unknown(_ field: FieldAssignment) -> ZoshError {
        let names = parameters.map(\.name.text)
        return ZoshError(
            .usage, "the script has no parameter '\(field.name)'", at: field.span,
            remedy: Suggestion.remedy(for: field.name, among: names)
                ?? (names.isEmpty ? "leave it out" : "use \(CommandRegistry.either(names))"))
    }

    private func needs(_ missing: [PlannedParameter]) -> ZoshError {
        let wanted = missing.map { "\($0.name.text), \($0.type.nounWithArticle)" }.joined(separator: "; ")
        return ZoshError(
            .usage, "the script needs \(wanted)", at: call.span,
            remedy: "add \(missing.map { "\($0.name.text)=…" }.joined(separator: " "))")
    }

    /// Asks until the answer is a value; Ctrl-C gives up.
    private func ask(for parameter: PlannedParameter, _ console: any Console) async throws -> Value {
        while true {
            let answer = try await console.ask("\(parameter.name.text) (\(parameter.type.noun)): ")
            do {
                return try ValueReader(dates: dates).read(
                    answer, as: parameter.type, of: parameter.name.text, at: call.span)
            } catch {
                console.note(error.problem + (error.remedy.map { "; \($0)" } ?? ""))
            }
        }
    }
}
