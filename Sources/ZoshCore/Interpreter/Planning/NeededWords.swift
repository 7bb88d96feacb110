internal import ZoshKit

/// What a command cannot do without, as far as its words alone tell: a line that can never run stops a script before
/// its first line.
enum NeededWords {
    /// - Parameter hasInput: whether rows come down a pipe, which may hold what the words do not.
    static func check(_ stage: PlannedStage, hasInput: Bool) throws(ZoshError) {
        guard let signature = stage.signature else { return }
        // The rows of a file say what those of a pipe would.
        let hasInput = hasInput || stage.given.contains { $0.parameter.type == .file && $0.parameter.kind == .option }
        // Of a file, a pipe and `City = Bonn` the command itself knows more to say.
        if signature.states(.needsFields), stage.fields.isEmpty, !hasInput, stage.given.allSatisfy(isPlain) {
            throw ZoshError(
                .usage, "'\(signature.name)' needs at least one field=value", at: stage.name,
                remedy: signature.fields?.fieldsRemedy("lists what can be set"))
        }
        if signature.states(.needsUsers), !hasInput, !isGiven(stage, signature.parameters) {
            guard signature.isWrite else {
                throw ZoshError(
                    .usage, "'\(signature.name)' needs users: ids, e-mails or names", at: stage.name,
                    remedy: "\(signature.name) ada@example.com, or users ids | \(signature.name)")
            }
            throw ZoshError(
                .usage, "'\(signature.name)' needs users", at: stage.name,
                remedy: "name them by id or e-mail, or pipe them in: users list … | \(signature.name)")
        }
        if signature.states(.addsRecords), !hasInput, stage.given.allSatisfy(isPlain) {
            try checkNew(stage, signature)
        }
    }

    /// Whether a value is written out, is not a file and looks like no field.
    private static func isPlain(_ given: PlannedStage.Given) -> Bool {
        guard case .value(let value) = given.source else { return false }
        return given.parameter.type.element != .file && !value.text.contains("=")
    }

    /// Whether one of the parameters that name users was used.
    private static func isGiven(_ stage: PlannedStage, _ parameters: [Parameter]) -> Bool {
        stage.given.contains { given in
            [.user, .userID].contains(given.parameter.type.element) && parameters.contains(given.parameter)
        }
    }

    /// A new record has at least the fields that every version of the API asks for.
    private static func checkNew(_ stage: PlannedStage, _ signature: Signature) throws(ZoshError) {
        guard let resource = signature.fields, !stage.fields.isEmpty, let oldest = APIVersion.allCases.first else {
            return
        }
        let names = resource.fieldNames
        var given: Set<String> = []
        for assignment in stage.fields {
            // One that the organisation has named may be any of them.
            guard case .field(let field) = names.meaning(of: assignment.name) else { return }
            given.insert(field.name)
        }
        guard resource.required(in: oldest).allSatisfy(given.contains) else {
            let absent = resource.required(in: .standard).filter { !given.contains($0) }
            throw ZoshError(
                .usage, "a new \(resource.noun) needs \(absent.joined(separator: ", "))", at: stage.name,
                remedy: "add \(absent.map { $0 + "=…" }.joined(separator: " "))", code: "MANDATORY_NOT_FOUND")
        }
    }
}
