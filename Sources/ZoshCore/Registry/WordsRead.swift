internal import ZoshKit

/// Which parameters of a signature a row of words fills, without judging the values: what completion needs to know
/// about the words left of the cursor.
struct WordsRead {
    /// Names of the options and flags given.
    private(set) var named: Set<String> = []
    /// The option that waits for its value: the last word was `--name`.
    private(set) var waiting: Parameter?
    /// The argument the next bare word would be.
    private(set) var nextArgument: Parameter?
    /// The words that are not options.
    private(set) var bare: [Word] = []

    init(_ words: [Word], of signature: Signature) {
        var positional = 0
        let takesExpression = signature.positional.first?.type == .expression
        for word in words {
            // From its first word on a condition takes everything.
            if takesExpression, positional > 0 {
                bare.append(word)
                continue
            }
            if waiting != nil {
                waiting = nil
                continue
            }
            if let option = word.dropping(bare: "--") {
                let name = option.assignment?.name ?? option.literal ?? ""
                guard let parameter = signature.parameter(named: name) else { continue }
                named.insert(parameter.name)
                if option.assignment == nil, parameter.kind != .flag { waiting = parameter }
            } else if !takesExpression, let name = word.assignment?.name, !signature.takesFields,
                let parameter = signature.parameter(named: name)
            {
                named.insert(parameter.name)
            } else {
                positional += 1
                bare.append(word)
            }
        }
        let arguments = signature.positional.filter { !named.contains($0.name) }
        if positional < arguments.count {
            nextArgument = arguments[positional]
        } else if let last = arguments.last, last.takesRest {
            nextArgument = last
        }
    }
}

extension Parameter {
    /// Takes every word that remains.
    var takesRest: Bool {
        switch (kind, type) {
        case (.arguments, _), (_, .expression), (_, .pipeline): true
        default: false
        }
    }
}
