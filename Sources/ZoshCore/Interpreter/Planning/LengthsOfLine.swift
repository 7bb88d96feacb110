internal import ZoshKit

/// What the writes of one line change at one time is one job, and is put back as one.
extension PlannedLine {
    /// - Throws: `ZoshError.usage` when something of a line is to be put back earlier than the rest, or alone.
    func checkLengths() throws(ZoshError) {
        var lengths: [String: Int64?] = [:]
        var mixed: Span?
        visit { stage in
            guard stage.signature?.effect == .writes, mixed == nil else { return }
            var (time, length, span): (String, Int64?, Span) = ("", nil, stage.name)
            for given in stage.given where given.parameter == WriteOptions.at || given.parameter == WriteOptions.lasting
            {
                // What a variable has is compared when it runs.
                guard case .value(let bound) = given.source else { return }
                if given.parameter == WriteOptions.at { time = bound.text } else { length = bound.value.integer }
                if given.parameter == WriteOptions.lasting { span = bound.span }
            }
            if let known = lengths[time], known != length { mixed = span } else { lengths[time] = .some(length) }
        }
        if let mixed { throw .ofMixedLengths(at: mixed) }
    }
}
