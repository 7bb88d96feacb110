internal import ZoshKit

/// What a script does with its parameters, as far as that decides whether their values must exist.
extension Plan {
    /// Whether a parameter of this type costs a look into the directory.
    static func looksUp(_ type: ValueType) -> Bool { [.user, .role, .profile].contains(type) }

    /// Whether a file is made here rather than read: the first stage that uses it saves.
    func makesFile(named name: String) -> Bool {
        stages.first { $0.uses(name) }?.signature?.states(.savesRows) == true
    }

    /// Whether a parameter names a user the script adds.
    func adds(personNamed name: String) -> Bool {
        stages.contains { stage in stage.signature?.states(.addsRecords) == true && stage.uses(name) }
    }

    /// Whether it stands after `on`, where `all` and tags may stand too.
    func fansOut(to name: String) -> Bool { stages.contains { $0.isFanOut && $0.uses(name) } }

    /// Whether a field is one of users wherever it is used, so that it is known which there are.
    func isUserField(named name: String) -> Bool {
        let places = pipelines.filter { $0.stages.contains { $0.uses(name) } }
        // What a variable holds may come from any line.
        let isFromVariable = places.contains { if case .variable? = $0.stages.first?.action { true } else { false } }
        return (isFromVariable ? pipelines : places).allSatisfy { $0.stages.allSatisfy(\.keepsUserFields) }
    }

    private var stages: [PlannedStage] { pipelines.flatMap(\.stages) }
}

extension PlannedStage {
    fileprivate func uses(_ variable: String) -> Bool {
        var words = fields.map(\.value)
        for given in given { if case .deferred(let word) = given.source { words.append(word) } }
        return words.contains { word in
            word.fragments.contains {
                if case .variable(let reference) = $0.kind { reference.name == variable } else { false }
            }
        }
    }

    /// Whether it returns users, or rows with no other fields than those it was given.
    fileprivate var keepsUserFields: Bool {
        switch action {
        case .variable: true
        case .program: false
        case .command(let entry):
            entry.signature.rows != nil && !entry.signature.isWrite || entry.signature.states(.isPaged)
                || entry.signature.states(.keepsFields) && !renames
        }
    }

    /// `select a as b`: fields get names of the script's own.
    fileprivate var renames: Bool {
        given.contains { given in
            switch given.source {
            case .value(let value): value.text == "as" || value.text.contains(" as ")
            case .deferred(let word): word.literal == nil && word.soleVariable == nil
            }
        }
    }
}
