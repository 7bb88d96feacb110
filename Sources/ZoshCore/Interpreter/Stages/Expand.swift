internal import ZoshKit

/// `expand users`: what a list inside a row holds becomes rows: `api get users | expand users`.
///
/// An object becomes one row, text in a list a row under the field's name; null and an empty list give nothing.
struct Expand: CoreCommand {
    let signature = Signature("expand", "Make rows of a list inside each row", input: .required, effect: .local) {
        Argument("field", .field, "The field that holds the list: users, data.items")
    }

    let examples = [
        Example("users list | expand profile | group name", "how many users each profile has")
    ]

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        guard let input = call.input else { return .none }
        let path = FieldPath(try call.require("field") as String)
        let place = call.span(of: "field")
        return input.transformed(.unknown) { Expanding(path, place) }
    }

    private struct Expanding: RowTransform {
        private let path: FieldPath
        private let reader: RowFieldReader
        private let place: Span

        init(_ path: FieldPath, _ place: Span) {
            self.path = path
            self.place = place
            reader = RowFieldReader(path)
        }

        var keepsColumns: Bool { false }

        mutating func apply(_ rows: [Row]) throws -> [Row] {
            // Rows of a page may lack a field that others have; a page without it was misspelt.
            if let first = rows.first, !rows.contains(where: { $0[path.names[0]] != nil }) {
                throw ZoshError(
                    .usage, "the rows have no field '\(path)'", at: place,
                    remedy: Suggestion.remedy(for: path.names[0], among: first.names)
                        ?? "there are: \(first.names.prefix(8).listedNames)")
            }
            return try rows.flatMap { try expanded(reader.value(in: $0)) }
        }

        private func expanded(_ value: Value) throws -> [Row] {
            switch value {
            case .null: []
            case .row(let row): [row]
            case .list(let values): values.map { $0.row ?? [path.names[path.names.count - 1]: $0] }
            default:
                throw ZoshError(
                    .usage, "'\(path)' holds no list: \(value.text.prefix(40))", at: place,
                    remedy: "select it: … | select \(path)")
            }
        }
    }
}
