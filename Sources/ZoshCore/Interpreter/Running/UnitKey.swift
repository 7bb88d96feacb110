internal import ZoshKit

/// What makes two runs of a pipeline the same: its text, where it acts, the row a block runs for, and what its
/// variables hold.
///
/// What a file holds is not part of it: a line whose file was edited meanwhile is still the line that has begun.
enum UnitKey {
    /// A value longer than this is compared by its digest.
    private static let longest = 512

    static func of(_ pipeline: PlannedPipeline, _ runner: PipelineRunner) -> String {
        // A fan-out is the same one whatever the connection it is asked for in.
        let connection = pipeline.needsConnection ? runner.shell.session.connection : nil
        let place = connection.map { "\($0.orgID) \($0.dataCentre) \($0.environment.rawValue)" } ?? ""
        let row = (runner.it?.row).map { $0["id"]?.text ?? $0["email"]?.text ?? JSONWriter.text(.row($0)) } ?? ""
        let resolver = runner.resolver
        let values = pipeline.stages.flatMap(\.words).flatMap(\.references).map { reference, span in
            // What is not there is reported when the pipeline is bound.
            func value() -> String { short((try? resolver.variable(reference, at: span)).map(text) ?? "") }
            // A block may name the same million rows for every one of its rows.
            return reference.name == "it"
                ? value()
                : runner.text.variables.cachedText(
                    reference.path.joined(separator: "."), of: reference.name, value)
        }
        return ([place, runner.text.source.excerpt(pipeline.span), row] + values).joined(separator: "\n")
    }

    private static func short(_ text: String) -> String { text.utf8.count <= longest ? text : Digest.of(text) }

    private static func text(_ variable: Variable) -> String {
        switch variable {
        case .value(let value): JSONWriter.text(value)
        case .rows(let rows, _, _): JSONWriter.text(.list(rows.map(Value.row)))
        }
    }
}
