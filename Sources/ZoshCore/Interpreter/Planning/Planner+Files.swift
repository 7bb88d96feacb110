internal import ZoshKit

/// Plans the lines of a file in the place of the stage that runs it.
extension Planner {
    /// What the file that a stage runs will do; nil where that cannot be known yet.
    mutating func file(runBy stage: PlannedStage, _ signature: Signature) -> PlannedFile? {
        guard signature.states(.runsFile), let source = source(runBy: stage) else { return nil }
        let path = ScriptFile.wholePath(source.name)
        // A file that runs itself is an error when it does; reading it again tells nothing new.
        guard !running.contains(path), running.count < ScriptFile.deepest else { return nil }
        let shares = signature.states(.sharesVariables)
        // A script that is run first is checked by the command that runs it, with its parameters and options.
        guard shares || !isFirst, !stage.isTakenUpOrMapped else { return nil }
        var planner = Planner(
            registry, text: source.text, aliases: shares ? aliases : [:], variables: shares ? variables : [],
            dates: dates, prefixes: false,
            allowsPrograms: filesMayRunPrograms || stage.isAllowedPrograms,
            filesMayRunPrograms: filesMayRunPrograms || stage.isAllowedPrograms, files: files)
        planner.made = made
        planner.running = running.union([path])
        let plan = planner.plan(Parser.parse(source.text), allowsParameters: !shares)
        made = planner.made
        if shares {
            aliases = planner.aliases
            // What stands in the lines that could not be read may be set as well.
            variables = plan.errors.isEmpty ? planner.variables : nil
        }
        if !plan.errors.isEmpty { mistakesInFiles.append(TextMistakes(source: source, errors: plan.errors)) }
        mistakesInFiles += plan.mistakesInFiles
        return PlannedFile(source: source, plan: plan, sharesVariables: shares)
    }

    private func source(runBy stage: PlannedStage) -> SourceText? {
        for given in stage.given where given.parameter.type == .file {
            if case .value(let path) = given.source, !made.mayHold(path.text) { return files[path.text] }
        }
        return nil
    }
}

extension PlannedStage {
    /// Whether its script is resumed, or mapped to another organisation: its names mean something else then.
    fileprivate var isTakenUpOrMapped: Bool {
        given.contains { ["map", "resume"].contains($0.parameter.name) }
    }

    /// Whether the lines of the file it runs may run other programs.
    fileprivate var isAllowedPrograms: Bool {
        given.contains { given in
            guard case .value(let value) = given.source else { return false }
            return given.parameter.name == "allow-external" && value.value == .bool(true)
        }
    }
}
