internal import ZoshKit

/// Whether a text speaks to Zoho as the current connection.
enum ConnectionNeed: Int, Comparable {
    case none
    /// Unless the rows of its writes name their connections.
    case ofRows
    case current

    static func < (a: ConnectionNeed, b: ConnectionNeed) -> Bool { a.rawValue < b.rawValue }
}

extension Plan {
    var connectionNeed: ConnectionNeed {
        let pipelines = lines.lazy.flatMap(\.statements).flatMap(\.ownPipelines)
        return pipelines.map(\.connectionNeed).max() ?? .none
    }

    var needsConnection: Bool { connectionNeed != .none }
}

extension PlannedPipeline {
    /// What all stages need, those of blocks included.
    var connectionNeed: ConnectionNeed {
        let fanOut = stages.firstIndex(where: \.isFanOut) ?? stages.endIndex
        let needs = stages.enumerated().map { index, stage -> ConnectionNeed in
            let routes = stage.signature?.routesRows == true
            // A fan-out brings connections of its own, and so do its rows.
            if stage.isFanOut || index > fanOut && routes { return .none }
            let inside = stage.block?.statements.flatMap(\.ownPipelines) ?? []
            let isInside = inside.contains(where: \.needsConnection)
            switch stage.signature?.effect {
            case .reads?, .writes?: return routes && !isInside && stage.takesRows(at: index) ? .ofRows : .current
            case .local?, .writesLocally?, nil: return isInside ? .current : .none
            }
        }
        return needs.max() ?? .none
    }

    var needsConnection: Bool { connectionNeed != .none }
}

extension PlannedStage {
    /// Whether a command is given rows: by a pipe, from a file, in a variable.
    func takesRows(at index: Int) -> Bool {
        if index > 0 { return true }
        return given.contains { given in
            switch given.source {
            case .value: return given.parameter.type.element == .file && given.parameter.kind == .option
            case .deferred(let word):
                if given.parameter.type.element == .file { return given.parameter.kind == .option }
                guard given.parameter.type.namesUser else { return false }
                return word.dropping(bare: "@") != nil || word.soleVariable?.path.isEmpty == true
            }
        }
    }
}

extension ContextSource {
    /// The world of a text. Where none of several connections is chosen, its rows are asked first.
    func context(for need: ConnectionNeed, progress: ProgressMeter) async throws -> ShellContext {
        do { return try await context(needsConnection: need != .none, progress: progress) } catch let error as ZoshError
            where error.kind == .usage && need == .ofRows
        {
            return try await context(needsConnection: false, progress: progress)
        }
    }
}
