internal import ZoshKit

/// `… | save -`: the rows go to standard output, in the format asked for.
extension SaveCommand {
    static let standardOutput = "-"

    /// The rows themselves: the end of the line writes them.
    static func passed(_ call: Call) throws -> RowStream {
        for option in ["append", "force", "spreadsheet"] where call.isGiven(option) {
            throw ZoshError(
                .usage, "--\(option) needs a file, and '-' is standard output", at: call.span(of: option),
                remedy: "leave it out")
        }
        return call.input ?? .none
    }
}

extension PlannedStage {
    /// The format `save - --format F` asks for; nil for every other stage.
    var standardOutputFormat: OutputFormat? {
        guard signature?.states(.savesRows) == true, literal(of: "file") == SaveCommand.standardOutput else {
            return nil
        }
        return literal(of: FormatRequest.name).flatMap {
            $0 == FileFormat.txt.rawValue ? .ids : OutputFormat(rawValue: $0)
        }
    }

    private func literal(of parameter: String) -> String? {
        for given in given where given.parameter.name == parameter {
            if case .value(let value) = given.source { return value.text }
        }
        return nil
    }
}
