internal import ZoshKit

/// A line typed during a recording: what it does, and what of it belongs into a script.
struct TypedLine: Sendable {
    /// With aliases and abbreviations written out.
    let text: String
    let plan: Plan

    init(_ text: String, _ interpreter: Interpreter) {
        self.text = text
        plan = Self.plan(of: text, interpreter, interpreter.session.variables.names)
    }

    /// The plan of a text that says the same: a script knows none of the session's aliases.
    static func plan(of text: String, _ interpreter: Interpreter, _ variables: Set<String>) -> Plan {
        var planner = Planner(
            interpreter.registry, text: text, aliases: [:], variables: variables, dates: interpreter.dates,
            prefixes: false)
        return planner.plan(Parser.parse(text))
    }

    private static func isBeside(_ stage: PlannedStage) -> Bool {
        stage.signature?.states(.isBesideTheWork) == true
    }

    /// Whether nothing in it is work.
    var isBesideTheWork: Bool {
        guard plan.errors.isEmpty else { return false }
        return plan.lines.flatMap(\.statements).allSatisfy { statement in
            switch statement.action {
            case .run(let pipeline), .keep(_, let pipeline): pipeline.stages.first.map(Self.isBeside) ?? true
            case .alias: true
            case .keepValue: false
            }
        }
    }

    var isPartlyBesideTheWork: Bool { plan.pipelines.flatMap(\.stages).contains(where: Self.isBeside) }

    /// Whether it names a job of this store by its number.
    var namesJob: Bool {
        plan.pipelines.flatMap(\.stages).contains(where: \.namesJob)
    }

    /// Whether it made a plan, or applied one.
    var isAboutPlan: Bool {
        plan.pipelines.flatMap(\.stages).contains { $0.makesPlan || $0.signature?.states(.appliesPlan) == true }
    }

    /// Whether it changed something in connections that it chose itself.
    var writesElsewhere: Bool {
        plan.pipelines.contains { pipeline in
            guard let index = pipeline.stages.firstIndex(where: \.isFanOut) else { return false }
            // What is behind it changes the organisation each row is of.
            return pipeline.stages[index...].contains { stage in
                stage.signature?.routesRows == true
                    || stage.block?.statements.contains { $0.pipelines.contains(where: \.containsWrite) } == true
            }
        }
    }

    /// The variables it sets.
    var kept: [String] {
        plan.lines.flatMap(\.statements).compactMap { statement in
            switch statement.action {
            case .keep(let name, _), .keepValue(let name, _): name
            case .run, .alias: nil
            }
        }
    }

    /// The rows it ended with.
    func shown(_ variables: VariableScope) -> Variable? { variables[kept.first ?? Syntax.lastRows] }
}
