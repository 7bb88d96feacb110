internal import ZoshKit

/// A signature on one line, as usage errors and help show it: `users lookup [user…] [ids=user id,…]`.
enum Usage {
    static func line(_ signature: Signature) -> String {
        ([signature.name] + signature.parameters.map { word($0, in: signature) }
            + (signature.isWrite ? ["[--dry-run] [--yes]"] : []))
            .joined(separator: " ")
    }

    /// `each` takes its pipeline between braces, `let` after `=`, `on` as it is.
    private static func pipeline(_ parameter: Parameter, of signature: Signature) -> String {
        if signature.states(.fansOut) { return parameter.name.uppercased() }
        return parameter.name == "block" ? "{ … }" : "= \(parameter.name.uppercased())"
    }

    /// What to type for a value; long lists of choices stand where there is room, in help's table.
    static func short(_ type: ValueType) -> String {
        if case .choice(let words) = type, words.count > 3 { return "WORD" }
        return type.noun
    }

    static func word(_ parameter: Parameter, in signature: Signature) -> String {
        switch parameter.kind {
        case .option:
            signature.takesFields
                ? "[--\(parameter.name) \(short(parameter.type))]" : "[\(parameter.name)=\(short(parameter.type))]"
        case .flag: "[--\(parameter.name)]"
        case .argument: parameter.type == .pipeline ? pipeline(parameter, of: signature) : parameter.name.uppercased()
        case .optionalArgument: "[\(parameter.name.uppercased())]"
        case .arguments(minimum: 0): "[\(parameter.name.uppercased())…]"
        case .arguments: "\(parameter.name.uppercased())…"
        }
    }
}
