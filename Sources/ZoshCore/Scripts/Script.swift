internal import ZoshKit

/// A script read and checked: what it declares, and what it will run.
struct Script: Sendable {
    let source: SourceText
    let plan: Plan

    static func prepare(_ source: SourceText, _ interpreter: Interpreter) async -> Script {
        var planner = Planner(
            interpreter.registry, text: source.text, aliases: [:], variables: [], dates: interpreter.dates, prefixes: false)
        return Script(source: source, plan: planner.plan(Parser.parse(source.text), allowsParameters: true))
    }

    /// What the connection does not allow, told before the first line runs; unless the script itself changes the
    /// connection, so that nobody can know.
    static func refused(_ plan: Plan, _ session: SessionSnapshot) -> [ZoshError] {
        let stages = plan.pipelines.flatMap(\.stages)
        let switching: Set<String> = ["use", "connections use", "orgs use", "auth login", "auth logout", "source"]
        guard
            !stages.contains(where: {
                $0.signature.map { !switching.isDisjoint(with: [$0.name] + $0.aliases.map { $0.joined(separator: " ") }) }
                    ?? false
            })
        else { return [] }
        return stages.compactMap { stage in
            do throws(ZoshError) {
                try Admission.check(stage, session)
                return nil
            } catch { return error }
        }
    }

    /// The parameters' values: those given, checked, then the defaults.
    func values(_ call: Call, _ dates: DateReader) throws -> [String: Variable] {
        let names = plan.parameters.map(\.name.text)
        var values: [String: Variable] = [:]
        for field in call.fields {
            guard let parameter = plan.parameters.first(where: { $0.name.text == field.name }) else {
                throw ZoshError(
                    .usage, "the script has no parameter '\(field.name)'", at: field.span,
                    remedy: Suggestion.remedy(for: field.name, among: names)
                        ?? (names.isEmpty ? "leave it out" : names.joined(separator: ", ")))
            }
            let value = try ValueReader(dates: dates).read(field.value.text, as: parameter.type, at: field.span)
            values[field.name] = .value(value)
        }
        for parameter in plan.parameters where values[parameter.name.text] == nil {
            guard let value = parameter.defaultValue else {
                throw ZoshError(
                    .usage, "the script needs \(parameter.name.text), a \(parameter.type.noun)", at: call.span,
                    remedy: "add \(parameter.name.text)=…")
            }
            values[parameter.name.text] = .value(value.value)
        }
        return values
    }

    /// What the script will run, a row for each line, for `--check`.
    var description: RowStream {
        let scalars = Array(source.text.unicodeScalars)
        let numbers = source.lines(of: plan.lines.map(\.span.lower))
        let rows: [Row] = zip(plan.lines, numbers).map { line, number in
            let pipelines = line.statements.flatMap(\.pipelines)
            let commands = pipelines.flatMap(\.stages).compactMap { $0.signature?.name }
            return [
                "line": .integer(Int64(number)),
                "text": .string(String(String.UnicodeScalarView(scalars[line.span.lower..<line.span.upper]))),
                "commands": .list(commands.map(Value.string)), "writes": .bool(pipelines.contains(where: \.isWrite)),
            ]
        }
        return RowStream(Columns(["line", "writes", "text"]), rows: rows)
    }
}
